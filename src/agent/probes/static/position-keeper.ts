// Writes where a probe stands: at most once a second while it changes, and whenever it is told to. A position is only ever noted when what lies
// before it has left the agent (or a rule took it away): what the exporters still hold in memory is read again after a restart, never skipped.
import type { ActionProblem } from '../../../model/index.ts';
import type { StaticPorts } from '../contract.ts';

const betweenMs = 1000;
/** Positions that wait for what lies before them to leave; of more, the newest stands for those just before it. */
const mostWaiting = 64;
const mostWaitingBytes = 4 * 2 ** 20;

interface Position { readonly bytes: Buffer; readonly hasLeft: () => boolean }

export class PositionKeeper {
  readonly #ports: Pick<StaticPorts, 'positions' | 'mark'>;
  readonly #name: string;
  readonly #now: () => unknown;
  #waiting: Position[] = [];
  #isChanged = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #problem: ActionProblem | null = null;

  /** `now`: the position as JSON of all that was handed over by then. */
  constructor(ports: Pick<StaticPorts, 'positions' | 'mark'>, name: string, now: () => unknown) {
    this.#ports = ports;
    this.#name = name;
    this.#now = now;
  }

  /** The last write failed, in words. */
  get problem(): ActionProblem | null { return this.#problem; }

  /** Null when there is none, or none that can be read. */
  async read(): Promise<unknown> {
    const bytes = await this.#ports.positions.read(this.#name);
    if (bytes === null) return null;
    try { return JSON.parse(Buffer.from(bytes).toString()); } catch { return null; }
  }

  /** Before anything is handed over: resolves when the position of now is on disk, or when that failed (`problem`). */
  async begin(): Promise<void> {
    this.#note(() => true);
    await this.#write();
  }

  changed(): void {
    this.#isChanged = true;
    this.#soon();
  }

  /** Resolves when the position of what has left is on disk, or when that failed (`problem`). */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#note();
    await this.#write();
  }

  /** No more on its own; `flush` still writes. */
  stop(): void { clearTimeout(this.#timer); }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#isChanged) this.#note();
      void this.#write().then(() => { if (this.#waiting.length > 0) this.#soon(); });
    }, betweenMs);
  }

  #note(hasLeft = this.#ports.mark()): void {
    this.#isChanged = false;
    const bytes = Buffer.from(JSON.stringify(this.#now()));
    const isFull = (): boolean => this.#waiting.length >= mostWaiting || this.#waiting.reduce((sum, one) => sum + one.bytes.length, bytes.length) > mostWaitingBytes;
    while (this.#waiting.length > 1 && isFull()) this.#waiting.pop();
    this.#waiting.push({ bytes, hasLeft });
  }

  #write(): Promise<void> { return (this.#writing = this.#writing.then(() => this.#writeLeft())); }

  async #writeLeft(): Promise<void> {
    const at = this.#waiting.findLastIndex(({ hasLeft }) => hasLeft());
    const position = this.#waiting[at];
    if (position === undefined) return;
    try {
      await this.#ports.positions.write(this.#name, position.bytes);
      this.#waiting = this.#waiting.slice(this.#waiting.indexOf(position) + 1);
      this.#problem = null;
    } catch (failed) {
      this.#problem = { code: 'probe.no-position', message: `The position cannot be written: ${(failed as Error).message}. After a restart records come twice.`, help: 'Check free space and permissions of the data directory (WEIR_DATA).' };
    }
  }
}
