// The rip cord of an agent. An order takes effect when it arrives, ahead of everything: rules first, which is at once; then probes come out and
// actions end, side by side. Only then it is written down and told.
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
  /** Takes all dynamic probes out. */
  readonly endProbes: () => Promise<{ readonly removed: number; readonly problems: readonly string[] }>;
  /** Ends all actions and gives how many. */
  readonly cancelActions: () => Promise<number>;
  /** What is in force changed. */
  readonly changed: () => void;
  readonly send: (report: RipCordReport) => void;
  /** Of this process. */
  readonly self: { readonly pid: number; readonly startTicks: number };
}

type Effect = NonNullable<RipCordReport['effect']>;

export class RipCord {
  readonly #ports: RipCordPorts;
  #state: RipCordState;
  #effect: Effect | null = null;
  #stopWatching: (() => void) | null = null;
  #looking: Promise<void> = Promise.resolve();
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
  }

  /** The server's cord. Resolves when it took effect and is on disk. */
  order({ pulled, by, atUnixMs, reason }: RipCordOrder): Promise<void> {
    return this.#set({ ...this.#state, server: pulled ? { from: 'server', by, atUnixMs, reason } : null });
  }

  report(): RipCordReport {
    return { pulls: [this.#state.server, this.#state.machine].filter((pull) => pull !== null), atUnixMs: Number(this.#ports.clock.nowUnixNano() / 1_000_000n), effect: this.#effect };
  }

  #look(): void { this.#looking = this.#looking.then(() => this.#takeLocal()).catch(() => undefined); }

  async #takeLocal(): Promise<void> {
    const order = await readOrder(this.#ports.files);
    if (order === null || order.id === this.#state.handled) return;
    const { pulled, by, atUnixMs, reason } = order;
    await this.#set({ ...this.#state, machine: pulled ? { from: 'machine', by, atUnixMs, reason } : null, handled: order.id });
    await this.#answer();
  }

  async #set(state: RipCordState): Promise<void> {
    const [was, before] = [this.isPulled, this.#state];
    this.#state = state;
    if (!was && this.isPulled) await this.#pull();
    else if (was && !this.isPulled) this.#release();
    if (isSame(before, state)) return;
    this.#ports.changed();
    this.#unsaved = await writeState(this.#ports.files, this.#state);
    this.#ports.send(this.report());
  }

  async #pull(): Promise<void> {
    const { clock, rules, haltNets, endProbes, cancelActions } = this.#ports;
    const fromMs = clock.monotonicMs();
    const { rulesOff, netsDisarmed, problem } = rules.pull();
    haltNets();
    const [probes, actionsCancelled] = await Promise.all([endProbes(), cancelActions()]);
    const problems = [problem, ...probes.problems].filter((one) => one !== '').map((one) => one.slice(0, 500)).slice(0, 20);
    this.#effect = { tookMs: clock.monotonicMs() - fromMs, probesRemoved: probes.removed, actionsCancelled, rulesOff, netsDisarmed, problems };
  }

  #release(): void {
    const problem = this.#ports.rules.release();
    this.#effect = problem === '' ? null : { tookMs: 0, probesRemoved: 0, actionsCancelled: 0, rulesOff: 0, netsDisarmed: 0, problems: [problem.slice(0, 500)] };
  }

  async #answer(): Promise<void> {
    await writeAnswer(this.#ports.files, { version: 1, order: this.#state.handled, ...this.#ports.self, report: this.report() });
  }
}

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
