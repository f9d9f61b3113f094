// Who looks into which process, over all programs that share a folder (an agent, terminals): V8 has one inspector per process, so what one of them
// opened the others use, and who lets go last closes it. Each notes itself in the action book before it touches anything, and a closing one is waited
// for; so nobody closes what another is in the middle of, and whoever is left after a crash has it to close.
import { failure, ok, type Result } from '../../../base/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { ActionBook, OwnedLeftover, Owner } from '../limits/index.ts';
import { throwIfAborted } from '../wait.ts';

/** Which process: its pid, beyond the use of that by another. */
export interface Looked { readonly pid: number; readonly startTicks: number }
type Noted = OwnedLeftover & { readonly what: { readonly kind: 'inspector' } };

const isOf = ({ pid, startTicks }: Looked) => (one: OwnedLeftover): one is Noted => one.what.kind === 'inspector' && one.what.pid === pid && one.what.startTicks === startTicks;
type More = Partial<Pick<Noted['what'], 'state' | 'port' | 'quiet'>>;
/** Nothing seems open, since then. */
export type Quiet = NonNullable<Noted['what']['quiet']>;

interface Options {
  readonly book: Pick<ActionBook, 'leftovers' | 'revise'>;
  readonly owner: Owner;
  readonly proc: Pick<Proc, 'isAlive'>;
  /** How long one that opens or closes is waited for. */
  readonly waitMs?: number;
}

const [usualWaitMs, lookEveryMs] = [30_000, 100];

export class InspectorShares {
  readonly #options: Options;

  constructor(options: Options) { this.#options = options; }

  /** Notes this program. Gives the port where another Weir has it open; null: this one is to open it. Errors: `action.busy` when another keeps opening or
   *  closing it, and those of the book. */
  async join(process: Looked, signal: AbortSignal): Promise<Result<number | null>> {
    const until = performance.now() + (this.#options.waitMs ?? usualWaitMs);
    for (;;) {
      throwIfAborted(signal);
      const [noted, found] = await this.#tryJoin(process);
      if (!noted.ok) return noted;
      if (found.busy === null) return ok(found.port);
      if (performance.now() > until) return failure('action.busy', `Another Weir (process ${found.busy.pid}) has been opening or closing the inspector of process ${process.pid} all the while.`, 'Try again when that one is done; if it hangs, end it.');
      await new Promise((resolve) => { setTimeout(resolve, lookEveryMs); });
    }
  }

  async #tryJoin(process: Looked): Promise<readonly [Result<void>, { readonly busy: Owner | null; readonly port: number | null }]> {
    let [busy, port]: [Owner | null, number | null] = [null, null];
    const noted = await this.#options.book.revise(async (leftovers) => {
      const others = this.#othersAt(leftovers, process);
      const living = await this.#living(others);
      busy = living.find(({ what: { state } }) => state === 'opening' || state === 'closing')?.owner ?? null;
      if (busy !== null) return leftovers;
      // Also what one that is gone left open: it is this one's to close then.
      port = others.find(({ what: { state } }) => state === 'open')?.what.port ?? null;
      return this.#with(leftovers, process, port === null ? { state: 'opening' } : { state: 'open', port });
    });
    return [noted, { busy, port }];
  }

  /** What was to be shared is not there: this one opens it itself. */
  opening(process: Looked): Promise<Result<void>> { return this.#note(process, { state: 'opening' }); }
  opened(process: Looked, port: number): Promise<Result<void>> { return this.#note(process, { state: 'open', port }); }
  /** It may be open or open later, and nobody can use or close it now: the next start looks after it. */
  stuck(process: Looked, known: Pick<More, 'port' | 'quiet'> = {}): Promise<Result<void>> { return this.#note(process, known); }

  /** What is noted of it, by anybody; `port`: where it was open, for certain. */
  async known(process: Looked): Promise<{ readonly port: number | null; readonly quiet: Quiet | null }> {
    const leftovers = await this.#options.book.leftovers();
    const noted = leftovers.ok ? leftovers.value.filter(isOf(process)) : [];
    return { port: noted.find(({ what: { port } }) => port !== undefined)?.what.port ?? null, quiet: noted.find(({ what: { quiet } }) => quiet !== undefined)?.what.quiet ?? null };
  }

  /** Those that nobody uses and that may be open: this program's own, and those of programs that are gone. Null: the book cannot be read. */
  async left(): Promise<readonly Looked[] | null> {
    const leftovers = await this.#options.book.leftovers();
    if (!leftovers.ok) return null;
    const found = await Promise.all(leftovers.value.filter((one): one is Noted => one.what.kind === 'inspector').map(async (one) => (
      (this.#isOwn(one) ? one.what.state === undefined : !await this.#options.proc.isAlive(one.owner.pid, one.owner.startTicks)) ? [one.what] : [])));
    return [...new Map(found.flat().map((what) => [keyOf(what), what])).values()];
  }

  /** Nothing is open there for certain, and programs that are gone need not be asked any more. */
  async forget(process: Looked): Promise<Result<void>> {
    return this.#options.book.revise(async (leftovers) => {
      const keep = await Promise.all(leftovers.map(async (one) => !isOf(process)(one) || (!this.#isOwn(one) && await this.#options.proc.isAlive(one.owner.pid, one.owner.startTicks))));
      return leftovers.filter((_, at) => keep[at]);
    });
  }
  settle(process: Looked): Promise<Result<void>> { return this.#options.book.revise(async (leftovers) => this.#without(leftovers, process)); }

  /** Whether another program that lives has it, or is about to. */
  async isShared(process: Looked): Promise<boolean> {
    const leftovers = await this.#options.book.leftovers();
    return leftovers.ok && await this.#isUsed(leftovers.value, process);
  }

  /** True: others look still, and this one is out. False: it is this one's to close, and the others wait until it is settled. */
  async leave(process: Looked): Promise<boolean> {
    let shared: boolean | null = null;
    await this.#options.book.revise(async (leftovers) => {
      shared = await this.#isUsed(leftovers, process);
      return shared ? this.#without(leftovers, process) : this.#with(leftovers, process, { state: 'closing' });
    });
    return shared ?? this.isShared(process);
  }

  async #isUsed(leftovers: readonly OwnedLeftover[], process: Looked): Promise<boolean> {
    return (await this.#living(this.#othersAt(leftovers, process))).some(({ what: { state } }) => state === 'opening' || state === 'open');
  }

  async #living(noted: readonly Noted[]): Promise<readonly Noted[]> {
    const lives = await Promise.all(noted.map(({ owner }) => this.#options.proc.isAlive(owner.pid, owner.startTicks)));
    return noted.filter((_, index) => lives[index]);
  }

  #othersAt(leftovers: readonly OwnedLeftover[], process: Looked): readonly Noted[] {
    return leftovers.filter(isOf(process)).filter((one) => !this.#isOwn(one));
  }

  #isOwn({ owner: { pid, startTicks } }: OwnedLeftover): boolean { return pid === this.#options.owner.pid && startTicks === this.#options.owner.startTicks; }

  #note(process: Looked, more: More): Promise<Result<void>> {
    return this.#options.book.revise(async (leftovers) => this.#with(leftovers, process, more));
  }

  #without(leftovers: readonly OwnedLeftover[], process: Looked): readonly OwnedLeftover[] {
    return leftovers.filter((one) => one.key !== keyOf(process) || !this.#isOwn(one));
  }

  #with(leftovers: readonly OwnedLeftover[], process: Looked, more: More): readonly OwnedLeftover[] {
    const { pid, startTicks } = process;
    return [...this.#without(leftovers, process), { key: keyOf(process), owner: this.#options.owner, what: { kind: 'inspector', pid, startTicks, ...more } }];
  }
}

const keyOf = ({ pid, startTicks }: Looked): string => `inspector ${pid}:${startTicks}`;
