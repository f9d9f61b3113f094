// What this agent tells the server of its events: every two seconds those that changed, and sooner while more wait than a report holds. Takes
// nothing out of the books while nobody listens.
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
/** While more wait: a few milliseconds of work each. */
const soonMs = 250;
const mostEvents = 200;

export class EventReporter {
  readonly #options: EventReporterOptions;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: EventReporterOptions) { this.#options = options; }

  start(): void { this.#next(everyMs); }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.report();
  }

  #next(afterMs: number): void { this.#timer = setTimeout(() => { this.#next(this.report() > 0 ? soonMs : everyMs); }, afterMs); }

  /** The link is there (again): the server may be another, or have lost what it knew. */
  opened(): void { this.#options.events.tellAgain(); }

  /** Also when nothing changed: then the server knows that nothing came. The answer: how many events wait for the next one. */
  report(): number {
    const { events, clock, canSend, send } = this.#options;
    if (!canSend()) return 0;
    const report = events.takeReport(unixMs(clock), mostEvents);
    send(report);
    return report.waiting;
  }
}
