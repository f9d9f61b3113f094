// Writes where a probe stands: at most once a second while it changes, and whenever it is told to. A position is only ever noted when what lies
// before it was taken by the rules, so a killed agent reads again what it handed over since the last write, and never skips anything.
import type { ActionProblem } from '../../../model/index.ts';
import type { StaticPorts } from '../contract.ts';

const betweenMs = 1000;

export class PositionKeeper {
  readonly #positions: StaticPorts['positions'];
  readonly #name: string;
  readonly #now: () => unknown;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #problem: ActionProblem | null = null;

  /** `now`: the position as JSON, asked for when it is written. */
  constructor(positions: StaticPorts['positions'], name: string, now: () => unknown) {
    this.#positions = positions;
    this.#name = name;
    this.#now = now;
  }

  /** The last write failed, in words. */
  get problem(): ActionProblem | null { return this.#problem; }

  /** Null when there is none, or none that can be read. */
  async read(): Promise<unknown> {
    const bytes = await this.#positions.read(this.#name);
    if (bytes === null) return null;
    try { return JSON.parse(Buffer.from(bytes).toString()); } catch { return null; }
  }

  changed(): void {
    this.#timer ??= setTimeout(() => { this.#timer = undefined; void this.#write(); }, betweenMs);
  }

  /** Resolves when the position of now is on disk, or when that failed (`problem`). */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#write();
  }

  #write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      try {
        await this.#positions.write(this.#name, Buffer.from(JSON.stringify(this.#now())));
        this.#problem = null;
      } catch (failed) {
        this.#problem = { code: 'probe.no-position', message: `The position cannot be written: ${(failed as Error).message}. After a restart records come twice.`, help: 'Check free space and permissions of the data directory (WEIR_DATA).' };
      }
    });
    return this.#writing;
  }
}
