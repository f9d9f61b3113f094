// The nets that are armed: each record that redaction has passed meets those that it can matter to, in one pass that knows them all; time
// moves the timers of the others. What happens is data: firings to whoever runs actions, and reports. In shadow a net only counts.
import { durableIdHash, codec, type RecordCursor, type RequestView } from '../../otlp/index.ts';
import { signals, type ArmedNet, type NetEvent, type Signal } from '../../model/index.ts';
import { inChunks, StageSampler, type BudgetKeeper } from '../budget/index.ts';
import { newFrame, type Frame } from '../expr/index.ts';
import { recordTime, type MachineEvent } from '../machine/index.ts';
import { alwaysLook, Dispatch } from '../pipeline/dispatch/index.ts';
import { noteError } from '../pipeline/live-rule.ts';
import { isSameDeployment, type LiveNet, type NetSignal } from './live-net.ts';
import { NetMemories, type Measured } from './net-memories.ts';
import { reportOf } from './net-report.ts';
import { recordLine } from './record-line.ts';
import { FiringQueue } from './firing-queue.ts';
import type { NetFiring, NetMemory } from './types.ts';

/** Timers that fire in one go, of all nets; of each this many at least. */
const timersAtOnce = 1000;
const leastTimers = 20;

interface Armed { readonly dispatch: Dispatch<NetSignal>; readonly list: readonly { readonly meter: LiveNet['meter'] }[]; readonly sampler: StageSampler }

export class NetSet {
  readonly #keeper: BudgetKeeper;
  readonly #cursor: RecordCursor = codec.cursor();
  readonly #frame: Frame = { ...newFrame(), cursor: this.#cursor };
  readonly #memories = new NetMemories();
  #nets: readonly LiveNet[] = [];
  #armed: Partial<Record<Signal, Armed>> = {};
  readonly #firings = new FiringQueue();
  /** Nets that looked at the request in hand. */
  readonly #lookers: LiveNet[] = [];
  /** Of the record in hand; undefined while nobody asked. */
  #recordTime: bigint | null | undefined = undefined;
  #second = 0n;
  /** Called when there is something to take, once until it is taken. */
  onFired: (() => void) | null = null;

  constructor(keeper: BudgetKeeper) { this.#keeper = keeper; }

  get isArmed(): boolean { return this.#nets.some(({ meter }) => !meter.isOff); }
  /** Whether some net waits for records of this signal: without, there is no need to offer any. */
  waitsFor(signal: Signal): boolean { return this.#armed[signal] !== undefined; }

  /** These nets from now on. One that goes on keeps all of its state, also when its names stand for others by now; another version of a rule takes
   *  up its limits and measured bounds. */
  replace(nets: readonly LiveNet[], wallUnixNano: bigint): void {
    this.#memories.change(this.#nets, nets, wallUnixNano);
    const known = new Map(this.#nets.map((net) => [net.rule.id, net]));
    for (const net of nets) {
      const before = known.get(net.rule.id);
      if (before !== undefined && before.machine !== net.machine && isSameDeployment(before, net)) net.machine.takeUp(before.machine);
    }
    this.#nets = nets;
    for (const { machine } of nets) machine.readFrom(this.#cursor);
    this.#armed = {};
    for (const signal of signals) {
      const some = nets.flatMap((net) => net.bySignal.get(signal) ?? []);
      if (some.length > 0) this.#armed[signal] = { dispatch: new Dispatch(some, alwaysLook), list: some.map(({ net }) => net), sampler: new StageSampler() };
    }
  }

  /** The records of a request after redaction. `hashes`: their durable ids' hashes, where they are known. */
  offer(view: RequestView, wallUnixNano: bigint, hashes: Int32Array | null = null): void {
    const armed = this.#armed[view.signal];
    if (armed === undefined || view.recordCount === 0) return;
    this.#cursor.reset(view);
    inChunks(this.#keeper, armed.sampler, armed.list, view, (from, to, timed) => { this.#chunk(armed, from, to, timed, wallUnixNano, hashes); });
    if (this.#lookers.length > 0) this.#noteLines(view, wallUnixNano);
  }

  #chunk({ dispatch, sampler }: Armed, from: number, to: number, timed: number, wall: bigint, hashes: Int32Array | null): void {
    const cursor = this.#cursor;
    for (let i = from; i < to; i++) {
      cursor.moveTo(i);
      const some = dispatch.find(hashes === null ? durableIdHash(cursor) | 0 : hashes[i]!, cursor);
      if (some.length === 0) continue;
      this.#recordTime = undefined;
      for (let at = 0; at < some.length; at++) this.#meet(some[at]!, i, wall, i === timed ? sampler.weight : 0);
    }
  }

  /** `weight`: how many records the time of this visit stands for; 0 when it is not timed. */
  #meet(one: NetSignal, index: number, wall: bigint, weight: number): void {
    const { meter } = one.net;
    const { attention } = meter;
    if (attention < 0) return;
    if (attention === 0 && weight === 0) { this.#visit(one, index, wall); return; }
    const start = this.#keeper.start();
    this.#visit(one, index, wall);
    if (attention > 0) this.#keeper.exact(meter, start); else this.#keeper.sampled(meter, start, weight);
  }

  #visit({ net, test }: NetSignal, index: number, wall: bigint): void {
    const { book, machine, counters } = net;
    if (!this.#isMeant(net, test)) return;
    book.looked++;
    if (book.lastIndex < 0) this.#lookers.push(net);
    book.lastIndex = index;
    if (this.#recordTime === undefined) this.#recordTime = recordTime(this.#cursor);
    const events = machine.feed(this.#cursor.view, index, net.clock.record(this.#recordTime, wall), net.clock.atUnixNano, net.clock.wallUnixNano, timersAtOnce);
    counters.matched = machine.moved;
    if (machine.errors > 0) { counters.errors = machine.errors + book.faults; counters.lastError = machine.lastError; }
    if (events.length > 0) this.#note(net, events);
  }

  /** A record of which nobody can say whether it is meant is not: that is counted. */
  #isMeant({ book, counters }: LiveNet, test: NetSignal['test']): boolean {
    if (test === null) return true;
    try {
      return test(this.#frame);
    } catch (error) {
      book.faults++;
      noteError(counters, error);
      return false;
    }
  }

  #noteLines(view: RequestView, wall: bigint): void {
    const nowMs = millis(wall);
    for (const { book, machine } of this.#lookers) {
      if (book.wantsLine(nowMs)) {
        this.#cursor.moveTo(book.lastIndex);
        book.noteLine({ atUnixMs: millis(recordTime(this.#cursor) ?? wall), key: machine.keyText(view, book.lastIndex), text: recordLine(this.#cursor) }, nowMs);
      }
      book.lastIndex = -1;
    }
    this.#lookers.length = 0;
  }

  /** Lets time pass where no records come. A few times a second is often enough. True when timers are left that are due: to be called again soon. */
  advance(wallUnixNano: bigint): boolean {
    const second = wallUnixNano / 1_000_000_000n;
    if (second !== this.#second) for (const { sampler } of Object.values(this.#armed)) sampler.second();
    this.#second = second;
    const timers = Math.max(leastTimers, Math.floor(timersAtOnce / this.#nets.length));
    let isBehind = false;
    for (const net of this.#nets) if (net.meter.attention >= 0 && this.#advanceOne(net, net.clock.wall(wallUnixNano), timers)) isBehind = true;
    return isBehind;
  }

  #advanceOne(net: LiveNet, now: bigint, timers: number): boolean {
    const { machine, clock } = net;
    const due = machine.nextDueUnixNano;
    if (due === null || due > now) { machine.advance(now, clock.wallUnixNano); return false; }
    const start = this.#keeper.start();
    const events = machine.advance(now, clock.wallUnixNano, timers);
    this.#keeper.closedWindow(net.meter, start, 0, 1);
    this.#note(net, events);
    return machine.isBehind;
  }

  /** Events in their order: a transition, then what its state would do. */
  #note(net: LiveNet, events: readonly MachineEvent[]): void {
    for (let i = 0; i < events.length; i++) {
      const event = events[i]!;
      const told = toldOf(event);
      net.book.note(told);
      if (event.event === 'transition' && net.mode === 'live') i += this.#fire(net, event, events, i + 1);
    }
  }

  /** Gives how many of the events from `from` on belong to the transition. Limits went by the wall clock of now. */
  #fire(net: LiveNet, { key, from: before, to, because, origin, atUnixNano }: Extract<MachineEvent, { event: 'transition' }>, events: readonly MachineEvent[], from: number): number {
    const [actions, notRun]: [NetFiring['actions'][number][], NetFiring['notRun'][number][]] = [[], []];
    const wall = net.clock.wallUnixNano;
    let at = from;
    for (let event = events[at]; event !== undefined && (event.event === 'action' || event.event === 'action-not-run'); event = events[++at]) {
      const told = toldOf(event);
      net.book.note(told);
      if (event.event === 'action') actions.push({ action: event.action, as: event.as, parameters: event.parameters, event: told, giveBack: () => { net.machine.giveBack(event.action, wall); } });
      else notRun.push({ action: event.action, because: event.because });
    }
    const fired = { rule: net.rule, key, from: before, to, atUnixMs: millis(atUnixNano), because, origin, actions, notRun };
    if (at > from && this.#firings.add(fired)) this.onFired?.();
    return at - from;
  }

  takeFirings(): readonly NetFiring[] { return this.#firings.take(); }

  /** What each says of itself now; the more nets there are, the less of each. See `withinRoom`. */
  report(wallUnixNano: bigint): readonly ArmedNet[] {
    this.advance(wallUnixNano);
    const running = this.#nets.filter(({ meter }) => !meter.isOff);
    return running.map((net) => reportOf(net, running.length));
  }

  /** What must survive a restart, without measured bounds; to be handed to `remember` of the next process, with them, before its rules come. */
  limits(wallUnixNano: bigint): readonly NetMemory[] { return this.#memories.limits(this.#nets, wallUnixNano); }
  /** The other part of it, by rule, each made when it is asked for. */
  measured(): readonly Measured[] { return this.#memories.measured(this.#nets); }
  remember(memories: readonly NetMemory[]): void { this.#memories.remember(memories); }
  /** Of rules that `remember` does not name nobody knows what they started. */
  loseOthers(atUnixNano: bigint): void { this.#memories.loseOthers(atUnixNano); }
  /** Since when that is so; see NetMemories. */
  unknownAt(wallUnixNano: bigint): bigint | null { return this.#memories.unknownAt(wallUnixNano); }
}

const millis = (nano: bigint): number => Number(nano / 1_000_000n);

function toldOf(event: MachineEvent): NetEvent {
  const common = { event: event.event, atUnixMs: millis(event.atUnixNano), key: event.key.slice(0, 200) };
  switch (event.event) {
    case 'transition': return { ...common, from: event.from, to: event.to, because: event.because.slice(0, 500) };
    case 'action': return { ...common, state: event.state, action: event.action };
    case 'action-not-run': return { ...common, state: event.state, action: event.action, because: event.because.slice(0, 500) };
    case 'key-evicted': return { ...common, state: event.state };
  }
}
