// What this agent tells the server of its events: every two seconds those that changed. Takes nothing out of the books while nobody listens.
import type { Clock } from '../../base/index.ts';
import type { EventAccounts } from '../../engine/index.ts';
import type { EventReport } from '../../model/index.ts';
import { unixMs } from '../ports/index.ts';

export interface EventReporterOptions {
  readonly events: Pick<EventAccounts, 'takeReport' | 'tellAgain'>;
  readonly clock: Clock;
  /** False while there is no server to tell. */
  readonly canSend: () => boolean;
  readonly send: (report: EventReport) => void;
}

const everyMs = 2000;
const mostEvents = 500;

export class EventReporter {
  readonly #options: EventReporterOptions;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: EventReporterOptions) { this.#options = options; }

  start(): void { this.#timer = setInterval(() => { this.report(); }, everyMs); }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.report();
  }

  /** The link is there (again): the server may be another, or have lost what it knew. */
  opened(): void { this.#options.events.tellAgain(); }

  /** Also when nothing changed: then the server knows that nothing came. */
  report(): void {
    const { events, clock, canSend, send } = this.#options;
    if (canSend()) send(events.takeReport(unixMs(clock), mostEvents));
  }
}
