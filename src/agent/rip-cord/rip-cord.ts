// The rip cord of an agent. An order takes effect when it arrives, ahead of everything: rules first, which is at once; then probes come out and
// actions end, side by side. Meanwhile it is written down and told, and told again with what it did: a process that stands still holds up neither.
import type { Clock, Failure } from '../../base/index.ts';
import type { RipCordOrder, RipCordReport } from '../../model/index.ts';
import type { Files } from '../ports/index.ts';
import { readOrder, watchOrders, writeAnswer } from './local-order.ts';
import type { PassThrough } from './pass-through.ts';
import { writeState, type RipCordPull, type RipCordState } from './state.ts';

export interface RipCordPorts {
  readonly files: Pick<Files, 'read' | 'writeAtomically'>;
  /** Where the files are, to be watched. */
  readonly directory: string;
  readonly clock: Clock;
  readonly rules: PassThrough;
  /** Nothing that nets have waiting starts any more. */
  readonly haltNets: () => void;
  /** Takes all dynamic probes out. `rest`: what it came to, where that took too long to wait for; null when it is done. */
  readonly endProbes: () => Promise<EndedProbes & { readonly rest: Promise<EndedProbes> | null }>;
  /** Ends all actions and gives how many. */
  readonly cancelActions: () => Promise<number>;
  /** What is in force changed. */
  readonly changed: () => void;
  readonly send: (report: RipCordReport) => void;
  /** Of this process. */
  readonly self: { readonly pid: number; readonly startTicks: number };
}

export interface EndedProbes { readonly removed: number; readonly problems: readonly string[] }
type Effect = NonNullable<RipCordReport['effect']>;

export class RipCord {
  readonly #ports: RipCordPorts;
  #state: RipCordState;
  #effect: Effect | null = null;
  #stopWatching: (() => void) | null = null;
  #looking: Promise<void> = Promise.resolve();
  #acting: Promise<void> = Promise.resolve();
  #pulls = 0;
  #unsaved = '';

  /** `state` as it was read before the rules were loaded. */
  constructor(ports: RipCordPorts, state: RipCordState) {
    this.#ports = ports;
    this.#state = state;
  }

  get isPulled(): boolean { return this.#state.server !== null || this.#state.machine !== null; }

  /** Why nothing dynamic may start now; null when it may. */
  refusal(): Failure | null { return refusalOf(this.#state); }

  /** For the health report; empty when it is not pulled. */
  get problem(): string {
    const unsaved = this.#unsaved === '' ? '' : `How the rip cord stands could not be written down for the next start: ${this.#unsaved}`;
    return [this.refusal()?.message ?? '', unsaved].filter((one) => one !== '').join(' ');
  }

  async start(): Promise<void> {
    this.#stopWatching = watchOrders(this.#ports.directory, () => { this.#look(); });
    await this.#answer();
    this.#look();
    await this.#looking;
  }

  async stop(): Promise<void> {
    this.#stopWatching?.();
    await this.#looking;
    await this.#acting;
  }

  /** The server's cord. Resolves when it took effect and is on disk. */
  async order({ pulled, by, atUnixMs, reason }: RipCordOrder): Promise<void> {
    const { effect } = await this.#set({ ...this.#state, server: pulled ? { from: 'server', by, atUnixMs, reason } : null });
    await effect;
  }

  report(): RipCordReport {
    return { pulls: [this.#state.server, this.#state.machine].filter((pull) => pull !== null), atUnixMs: Number(this.#ports.clock.nowUnixNano() / 1_000_000n), effect: this.#effect };
  }

  #look(): void { this.#looking = this.#looking.then(() => this.#takeLocal()).catch(() => undefined); }

  async #takeLocal(): Promise<void> {
    const order = await readOrder(this.#ports.files);
    if (order === null || order.id === this.#state.handled) return;
    const { pulled, by, atUnixMs, reason } = order;
    const { effect } = await this.#set({ ...this.#state, machine: pulled ? { from: 'machine', by, atUnixMs, reason } : null, handled: order.id });
    // The next order, which may be to release it, does not wait for that.
    const answered = effect.then(() => this.#answer());
    this.#acting = Promise.all([this.#acting, answered]).then(() => undefined);
  }

  /** Resolves when it is on disk and told; `effect` when probes are out and actions have ended, and that is told as well. */
  async #set(state: RipCordState): Promise<{ readonly effect: Promise<void> }> {
    const [was, before] = [this.isPulled, this.#state];
    this.#state = state;
    const pulling = !was && this.isPulled ? this.#pull() : null;
    if (was && !this.isPulled) this.#release();
    if (!isSame(before, state)) {
      this.#ports.changed();
      this.#unsaved = await writeState(this.#ports.files, this.#state);
      this.#ports.send(this.report());
    }
    return { effect: pulling === null ? Promise.resolve() : this.#tellEffect(pulling) };
  }

  /** Rules are off when this returns. */
  #pull(): { readonly pull: number; readonly done: Promise<Effects> } {
    const { clock, rules, haltNets, endProbes, cancelActions } = this.#ports;
    const fromMs = clock.monotonicMs();
    this.#effect = null;
    const { rulesOff, netsDisarmed, problem } = rules.pull();
    haltNets();
    const done = Promise.all([endProbes(), cancelActions()]).then(([{ rest, ...probes }, actionsCancelled]): Effects => {
      const effectOf = ({ removed, problems }: EndedProbes): Effect => ({
        tookMs: clock.monotonicMs() - fromMs, probesRemoved: removed, actionsCancelled, rulesOff, netsDisarmed,
        problems: [problem, ...problems].filter((one) => one !== '').map((one) => one.slice(0, 500)).slice(0, 20),
      });
      return { now: effectOf(probes), rest: rest?.then(effectOf) ?? null };
    });
    return { pull: ++this.#pulls, done };
  }

  async #tellEffect({ pull, done }: { readonly pull: number; readonly done: Promise<Effects> }): Promise<void> {
    const { now, rest } = await done;
    this.#took(pull, now);
    void rest?.then(async (late) => { if (this.#took(pull, late)) await this.#answer(); });
  }

  /** False: it was released meanwhile. */
  #took(pull: number, effect: Effect): boolean {
    if (pull !== this.#pulls || !this.isPulled) return false;
    this.#effect = effect;
    this.#ports.send(this.report());
    return true;
  }

  #release(): void {
    const problem = this.#ports.rules.release();
    this.#effect = problem === '' ? null : { tookMs: 0, probesRemoved: 0, actionsCancelled: 0, rulesOff: 0, netsDisarmed: 0, problems: [problem.slice(0, 500)] };
  }

  async #answer(): Promise<void> {
    await writeAnswer(this.#ports.files, { version: 1, order: this.#state.handled, ...this.#ports.self, report: this.report() });
  }
}

/** By now, and in the end where that takes longer. */
interface Effects { readonly now: Effect; readonly rest: Promise<Effect> | null }

const isSame = (a: RipCordState, b: RipCordState): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Who pulled it, and who can release it. */
export function refusalOf({ server, machine }: Pick<RipCordState, 'server' | 'machine'>): Failure | null {
  const pull: RipCordPull | null = server ?? machine;
  if (pull === null) return null;
  const where = pull.from === 'server' ? '' : ' on this machine';
  return {
    code: 'rip-cord.pulled', message: `The rip cord is pulled${where} (${pull.by}${pull.reason === '' ? '' : `: ${pull.reason}`}): nothing changes what passes but redaction, and neither probes nor actions start.`.slice(0, 2000),
    help: pull.from === 'server' ? 'Release it in the console, or with the API of the server.' : 'Release it on the machine: weir agent ripcord --release',
  };
}
