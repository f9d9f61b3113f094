// From the rings of one probe to hits: looks a few dozen times a second, less often while nothing comes, puts the events of all processors in
// order of time, joins entries with returns, leaves out other processes, and tells what was lost.
import type { Proc } from '../../../processes/index.ts';
import type { ActionProblem, ProbeEnd } from '../../../../model/index.ts';
import type { Hit, HitSink } from '../../contract.ts';
import { durationName, stackFetch, type Role } from '../arguments.ts';
import type { Machine } from '../elf/index.ts';
import { CallPairs, type OpenCall } from './call-pairs.ts';
import { eventIdOf, threadOf, valuesOf, type EventFormat } from './event-format.ts';
import type { TraceInstance } from './instance.ts';
import { passesOf, UntoldPasses } from './profile.ts';
import { eventsOf } from './ring-page.ts';
import type { Tasks } from './tasks.ts';

export interface ReadEvent { /** In the kernel. */ readonly name: string; readonly role: Role; readonly format: EventFormat }
export interface ReaderPorts {
  readonly instance: TraceInstance; readonly tasks: Tasks; readonly proc: Proc; readonly sink: HitSink; readonly machine: Machine;
  readonly events: readonly ReadEvent[];
  /** Of the tracing files. */
  readonly root: string;
  /** What a pass costs whoever makes it, milliseconds. */
  readonly passCostMs: number;
  readonly process: { readonly pid: number; readonly startTicks: number } | null;
  /** Name of the value that a metric takes; null where a hit is a record; '' where it counts. */
  readonly measured: string | null;
  /** The process, or the probe itself, is there no more. */
  readonly onGone: (end: ProbeEnd, why: ActionProblem | null) => void;
}

const [soonMs, idleMs, lifeEveryMs, lostEveryMs] = [20, 80, 1000, 250];
/** Waiting for the events of other processors that came before. */
const mostHeld = 200_000;

interface Seen { readonly time: bigint; readonly thread: number; readonly role: Role; readonly values: Record<string, unknown>; readonly isCut: boolean }

export class TraceReader {
  readonly #ports: ReaderPorts;
  readonly #byId: ReadonlyMap<number, ReadEvent>;
  readonly #pairs: CallPairs | null;
  /** A call passes each event of the other role as well. */
  readonly #counted: readonly string[];
  readonly #passes = new UntoldPasses();
  #isTakenOut = false;
  #held: Seen[] = [];
  #unheld = 0;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<unknown> = Promise.resolve();
  #stopped = false;
  #everyMs = soonMs;
  #lifeAtMs = 0;
  #lostAtMs = 0;

  constructor(ports: ReaderPorts) {
    this.#ports = ports;
    this.#byId = new Map(ports.events.map((event) => [event.format.id, event]));
    const entries = ports.events.filter(({ role }) => role === 'entry');
    this.#counted = (entries.length > 0 ? entries : ports.events).map(({ name }) => name);
    this.#pairs = new Set(ports.events.map(({ role }) => role)).size > 1 ? new CallPairs(ports.machine) : null;
  }

  start(): void { this.#timer = setTimeout(() => { this.#looking = this.#looking.then(() => this.#look()); }, this.#everyMs); }

  /** What was on the way is told before it resolves. */
  async stop(): Promise<void> {
    if (!this.#stopped) {
      this.#stopped = true;
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#looking = this.#looking.then(() => this.#takeAll(true));
    }
    await this.#looking;
  }

  /** While nothing comes in: calls whose return will not be told are forgotten. */
  async forgetCalls(): Promise<void> {
    if (this.#pairs === null || this.#stopped) return;
    this.#looking = this.#looking.then(() => this.#takeAll(true)).then(() => { this.#pairs?.forget(); });
    await this.#looking;
  }

  async #look(): Promise<void> {
    const isBusy = await this.#takeAll(false);
    this.#everyMs = isBusy ? soonMs : Math.min(idleMs, this.#everyMs * 2);
    if (this.#stopped) return;
    if (this.#isTakenOut) return this.#ports.onGone('fault', takenOut);
    if (await this.#isGone()) return this.#ports.onGone('process-gone', null);
    if (!this.#isOver()) this.start();
  }

  async #takeAll(last: boolean): Promise<boolean> {
    // What is later than this may have something before it in a ring that was read already.
    const until = last ? null : process.hrtime.bigint();
    this.#ports.instance.drain((page) => { this.#decode(page); });
    const isReady = ({ time }: Seen): boolean => until === null || time <= until;
    const ready = this.#held.filter(isReady).toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    this.#held = this.#held.filter((seen) => !isReady(seen));
    // A ring that was full ends with a gap: behind what it held, before what comes next.
    const lost = last || this.#pairs !== null || performance.now() >= this.#lostAtMs ? await this.#lostSince() : 0;
    await this.#tell(ready);
    if (lost > 0) this.#pairs?.forget();
    this.#tellLost(lost);
    return await this.#chargePasses() || ready.length > 0;
  }

  /** A person may have stopped it meanwhile. */
  #isOver(): boolean { return this.#stopped; }

  /** True: there were some that nothing told of. */
  async #chargePasses(): Promise<boolean> {
    const { root, events, sink, passCostMs } = this.#ports;
    const passes = await passesOf(root, events.map(({ name }) => name));
    if (passes === null) return false;
    this.#isTakenOut ||= passes.size < events.length;
    const untold = this.#passes.charge(this.#counted.reduce((sum, name) => sum + (passes.get(name) ?? 0), 0));
    if (untold > 0) sink.take([], untold * passCostMs);
    return untold > 0;
  }

  #decode(page: Buffer): void {
    for (const { time, record } of eventsOf(page)) {
      const event = this.#byId.get(eventIdOf(record));
      if (event === undefined) continue;
      if (this.#held.length >= mostHeld) { this.#unheld++; continue; }
      this.#held.push({ time, thread: threadOf(record), role: event.role, ...valuesOf(record, event.format) });
    }
  }

  async #tell(ready: readonly Seen[]): Promise<void> {
    if (ready.length === 0) return;
    await this.#ports.tasks.learn(new Set(ready.map(({ thread }) => thread)));
    const unixMinusMonotonic = BigInt(Date.now()) * 1_000_000n - process.hrtime.bigint();
    const hits: Hit[] = [];
    for (const seen of ready) {
      const owner = this.#ports.tasks.processOf(seen.thread);
      if (this.#ports.process !== null && owner !== this.#ports.process.pid) { if (owner === null) this.#unheld++; continue; }
      const hit = this.#hitOf(seen, unixMinusMonotonic, owner);
      if (hit !== null) hits.push(hit);
    }
    this.#passes.told(hits.length);
    if (hits.length > 0) this.#ports.sink.take(hits);
  }

  #hitOf(seen: Seen, unixMinusMonotonic: bigint, owner: number | null): Hit | null {
    const whole = this.#pairs === null ? seen : this.#joined(this.#pairs, seen);
    if (whole === null) return null;
    const { measured } = this.#ports;
    const measure = measured === null ? {} : measured === '' ? { measure: 1 } : numberOf(whole.values[measured]);
    if (measure === null) { this.#unheld++; return null; }
    return { unixNano: seen.time + unixMinusMonotonic, values: whole.values, threadId: seen.thread, ...(owner === null ? {} : { pid: owner }), ...measure, ...(whole.isCut ? { bytesCut: true } : {}) };
  }

  #joined(pairs: CallPairs, seen: Seen): Pick<OpenCall, 'values' | 'isCut'> | null {
    const { [stackFetch.name]: at, ...values } = seen.values;
    const stack = BigInt(String(at ?? 0));
    if (seen.role === 'entry') { pairs.entered(seen.thread, { stack, time: seen.time, values, isCut: seen.isCut }); return null; }
    const entry = pairs.returned(seen.thread, stack);
    return entry === null ? null : { values: { ...entry.values, ...values, [durationName]: Number(seen.time - entry.time) / 1000 }, isCut: entry.isCut || seen.isCut };
  }

  #lostSince(): Promise<number> {
    this.#lostAtMs = performance.now() + lostEveryMs;
    return this.#ports.instance.lostSince();
  }

  #tellLost(inKernel: number): void {
    const lost = inKernel + this.#unheld;
    this.#unheld = 0;
    this.#passes.told(lost);
    if (lost > 0) this.#ports.sink.lost(lost);
  }

  async #isGone(): Promise<boolean> {
    const { process: watched, proc } = this.#ports;
    if (watched === null || performance.now() < this.#lifeAtMs) return false;
    this.#lifeAtMs = performance.now() + lifeEveryMs;
    return !await proc.isAlive(watched.pid, watched.startTicks);
  }
}

const takenOut: ActionProblem = { code: 'probe.taken-out', message: 'Somebody else took the events of this probe out of the kernel.', help: 'See who writes to uprobe_events on this machine: another tracing tool, or a Weir in a container that is not of this version. Then insert the probe again.' };

/** A value that is no number makes no point. */
function numberOf(value: unknown): { measure: number } | null {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? { measure: number } : null;
}
