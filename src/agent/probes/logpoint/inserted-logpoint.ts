// A logpoint that is in a process: as breakpoints, or as live edits. On a line that turned out to be hot it comes back from a pause as a live
// edit, where V8 has that and the mechanism was left to Weir.
import { failure, ok, type Result } from '../../../base/index.ts';
import type { LogpointSpec, ProbeEnd } from '../../../model/index.ts';
import type { CodePoint, Hit, HitSink, Inserted, Leftover } from '../contract.ts';
import type { Drained, RawFrame, RawHit } from './in-target/index.ts';
import { type Plan, settingOf, type Spot } from './plan.ts';
import type { ProcessSession } from './process-session.ts';
import type { Lease } from './session-pool.ts';

export interface Ground { readonly lease: Lease; readonly plan: Plan; readonly spec: LogpointSpec; readonly key: string; readonly sink: HitSink; readonly note: (left: Leftover) => Promise<Result<void>>; readonly process: { readonly pid: number; readonly startTicks: number }; readonly nowMs: () => number; /** By a new look into the process. */ readonly takeOutAnew: (left: Leftover) => Promise<boolean> }

const liveEditCostMs = 0.0003;
/** Passed so often a second, a breakpoint costs more than a tenth of a core. */
const hotPerSecond = 1000;
/** Passed so often without anything that could be read, it will not get better. */
const mostFaults = 20;

export class InsertedLogpoint implements Inserted {
  readonly #ground: Ground;
  readonly #session: ProcessSession;
  #means: 'breakpoint' | 'live-edit';
  #state: 'out' | 'in' | 'removed' = 'out';
  #hitCostMs: number | null = null;
  /** Since it was put in: to know a hot line. */
  #seen = { count: 0, sinceMs: 0 };
  #isHot = false;
  #everRead = false;
  #faults = 0;
  readonly #edited = new Set<Spot>();
  #last: Promise<unknown> = Promise.resolve();
  /** Once it has let go of the process: whether nothing is left. Until then it can be tried again. */
  #isGone: boolean | null = null;

  constructor(ground: Ground, means: 'breakpoint' | 'live-edit') {
    this.#ground = ground;
    this.#session = ground.lease.session;
    this.#means = means;
  }

  get means(): string { return this.#means === 'breakpoint' ? 'V8 breakpoint' : 'V8 live edit'; }
  get resolved(): string { return this.#ground.plan.resolved; }
  get code(): CodePoint { return this.#ground.plan.code; }
  get expectedCostMs(): number | null { return this.#means === 'live-edit' ? liveEditCostMs : this.#hitCostMs; }

  get isLetGo(): boolean { return this.#isGone !== null; }

  /** Errors: `probe.live-edit`, and that it could not be noted. */
  async start(): Promise<Result<this>> {
    const { key, plan, spec } = this.#ground;
    const noted = await this.#note();
    if (!noted.ok) return noted;
    this.#hitCostMs = await this.#session.hitCostMs();
    const part = { took: (drained: Drained) => this.#took(drained), ended: (end: ProbeEnd, why: Parameters<HitSink['ended']>[1]) => { this.#ground.sink.ended(end, why); } };
    for (const context of this.#contexts()) await this.#session.add(settingOf(spec, plan, key), context, part);
    const put = await this.#put();
    return put.ok ? ok(this) : put;
  }

  pause(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state !== 'in') return;
      this.#state = 'out';
      if (this.#means === 'breakpoint') await this.#takeBreakpoints(); else await this.#mute(true);
      for (const context of this.#contexts()) await this.#session.drain(context);
      const seconds = (this.#ground.nowMs() - this.#seen.sinceMs) / 1000;
      this.#isHot ||= this.#seen.count >= 20 && this.#seen.count / Math.max(seconds, 0.001) > hotPerSecond;
    });
  }

  resume(): Promise<Result<void>> {
    return this.#inTurn(async () => {
      if (this.#state === 'removed') return failure('probe.inspector-closed', 'It is out of the process for good.');
      if (this.#state === 'in') return ok(undefined);
      try { return await this.#put(); } catch (failed) { return failure('probe.inspector-closed', `The process could not be reached: ${(failed as Error).message}.`); }
    });
  }

  remove(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#isGone !== null) return this.#isGone;
      this.#state = 'removed';
      if (!this.#session.isOver && !(await this.#takeOut().catch(() => false) && this.#edited.size === 0) && !this.#isOver()) return false;
      const wasOver = this.#isOver();
      const isReleased = await this.#ground.lease.release();
      // A session that is over could take out nothing any more.
      this.#isGone = wasOver ? await this.#ground.takeOutAnew(this.#left()).catch(() => false) : isReleased;
      return this.#isGone;
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** It may have ended while it was worked on. */
  #isOver(): boolean { return this.#session.isOver; }

  #contexts(): Set<number | null> { return new Set(this.#ground.plan.spots.map(({ place }) => place.script.contextId)); }

  #note(): Promise<Result<void>> { return this.#ground.note(this.#left()); }

  #left(): Leftover {
    const { process, key, plan } = this.#ground;
    return { kind: 'logpoint', pid: process.pid, startTicks: process.startTicks, detail: { hook: this.#session.hookName, mechanism: this.#means, mark: key, urls: JSON.stringify([...new Set(plan.spots.map(({ place }) => place.script.url))]) } };
  }

  async #put(): Promise<Result<void>> {
    const changed = this.#isHot && this.#means === 'breakpoint' && this.#ground.spec.mechanism === 'auto' ? await this.#toLiveEdit() : null;
    if (changed?.ok !== true) {
      const put = this.#means === 'breakpoint' ? await this.#putBreakpoints() : await this.#putEdits();
      if (!put.ok) return put;
    }
    this.#state = 'in';
    this.#seen = { count: 0, sinceMs: this.#ground.nowMs() };
    return ok(undefined);
  }

  async #putBreakpoints(): Promise<Result<void>> {
    const { key, plan } = this.#ground;
    for (const [at, spot] of plan.spots.entries()) await this.#session.sites.put(spot.place, `${key}:${at}`, spot.text(this.#session.hookName, key));
    return ok(undefined);
  }

  async #takeBreakpoints(): Promise<void> {
    await Promise.all(this.#ground.plan.spots.map((spot, at) => this.#session.sites.take(spot.place, `${this.#ground.key}:${at}`)));
  }

  async #toLiveEdit(): Promise<Result<void>> {
    this.#isHot = false;
    const [first] = this.#ground.plan.spots;
    if (first === undefined || !await this.#session.edits.areOffered(first.place.script.id)) return failure('probe.live-edit', 'This V8 has no live edit.');
    this.#means = 'live-edit';
    const noted = await this.#note();
    const put = noted.ok ? await this.#putEdits() : noted;
    if (!put.ok) this.#means = 'breakpoint';
    return put;
  }

  async #putEdits(): Promise<Result<void>> {
    const { key, plan } = this.#ground;
    await this.#mute(false);
    for (const [at, spot] of plan.spots.entries()) {
      if (this.#edited.has(spot)) continue;
      const offset = spot.around?.statement ?? null;
      const put = offset === null
        ? failure('probe.live-edit', 'No statement of its own stands at that place, so none can be put before it.', 'Choose a line inside braces, or the breakpoint (mechanism: breakpoint).')
        : await this.#session.edits.put(spot.place.script.id, offset, `${key}:${at}`, spot.text(this.#session.hookName, key));
      if (!put.ok) { await this.#takeEdits(); return put; }
      this.#edited.add(spot);
      await this.#session.sites.again(spot.place.script.id);
    }
    return ok(undefined);
  }

  async #takeEdits(): Promise<boolean> {
    let all = true;
    for (const [at, spot] of this.#ground.plan.spots.entries()) {
      if (!this.#edited.has(spot)) continue;
      if (await this.#session.edits.take(spot.place.script.id, `${this.#ground.key}:${at}`)) this.#edited.delete(spot); else all = false;
      await this.#session.sites.again(spot.place.script.id);
    }
    return all;
  }

  async #mute(isMuted: boolean): Promise<void> {
    for (const context of this.#contexts()) await this.#session.mute(this.#ground.key, isMuted, context);
  }

  async #takeOut(): Promise<boolean> {
    await this.#takeBreakpoints();
    // What is muted does nothing more, however long V8 needs to take it out.
    await this.#mute(true);
    const edits = await this.#takeEdits();
    for (const context of this.#contexts()) await this.#session.drop(this.#ground.key, context).catch(() => undefined);
    return edits;
  }

  async #took({ hits, lost, passes, spentMs, faults, fault }: Drained): Promise<void> {
    const { sink } = this.#ground;
    const each = this.expectedCostMs ?? 0;
    this.#seen.count += hits.length + lost + passes;
    const told = await Promise.all(hits.map((hit) => this.#told(hit)));
    const share = hits.length + passes === 0 ? 0 : spentMs / (hits.length + passes);
    if (told.length > 0) sink.take(told, hits.length * (each + share));
    if (passes > 0) sink.take([], passes * (each + share));
    if (lost > 0) sink.lost(lost);
    this.#everRead ||= hits.length > 0;
    this.#faults += faults;
    if (!this.#everRead && this.#faults >= mostFaults) sink.ended('fault', { code: 'probe.not-readable', message: `It was passed ${this.#faults} times, and the condition or the value could not be read: ${fault ?? 'no reason given'}.`, help: 'Look at the values with a snapshot first; getters, Proxies and objects in arithmetic are not read.' });
  }

  async #told({ at, values, measure, trace, stack, cut }: RawHit): Promise<Hit> {
    return {
      unixNano: BigInt(at) * 1_000_000n, values, origins: this.#ground.plan.origins, ...(measure === undefined ? {} : { measure }), ...(trace === undefined ? {} : { trace: { traceId: trace[0], spanId: trace[1] } }),
      ...(stack === undefined ? {} : { stack: await Promise.all(stack.filter(([, file]) => file !== '').map((frame) => this.#frame(frame))) }), ...(cut === true ? { bytesCut: true } : {}),
    };
  }

  /** In the files that people wrote. */
  async #frame([name, file, line, column]: RawFrame): Promise<string> {
    const script = this.#session.scripts.scripts().find(({ url }) => url === file || url === `file://${file}`);
    const map = script === undefined ? null : await this.#session.scripts.mapOf(script);
    const original = map?.original(line, column - 1) ?? null;
    const path = original === null ? file.replace(/^file:\/\//, '') : map?.sources[original.source] ?? file;
    return `${name === '' ? '(anonymous)' : name} (${path}:${original?.line ?? line})`;
  }
}
