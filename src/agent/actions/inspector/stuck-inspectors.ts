// While an agent runs: inspectors that could not be closed, or may open late, are tried again, its own and those of programs that are gone; until
// they are surely closed the agent's health names them.
import type { InspectorDoor } from './door.ts';

const usualEveryMs = 5000;
const mostNamed = 5;

export class StuckInspectors {
  readonly #door: Pick<InspectorDoor, 'closeStuck'>;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  /** Empty when there is none. */
  problem = '';

  constructor(door: Pick<InspectorDoor, 'closeStuck'>, everyMs = usualEveryMs) {
    this.#door = door;
    this.#everyMs = everyMs;
  }

  start(): void {
    this.#timer = setInterval(() => { this.#looking ??= this.#look().finally(() => { this.#looking = null; }); }, this.#everyMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const left = await this.#door.closeStuck().catch(() => null);
    // A book that cannot be read is told of by those who want to write to it.
    if (left === null) return;
    const pids = left.map(({ pid }) => pid);
    this.problem = pids.length === 0 ? '' : `The inspector of process ${pids.slice(0, mostNamed).join(', ')}${pids.length > mostNamed ? ` and ${pids.length - mostNamed} more` : ''} may be open, or open later: it was asked to open and could not be closed for certain. It is tried again every ${this.#everyMs / 1000} s; a process that stands still has to go on first (kill -CONT), and its end closes it.`;
  }
}
