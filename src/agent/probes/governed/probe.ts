// One dynamic probe over all its processes, under its limits: it ends at its hit quota or its date, holds its rate, and turns hits into
// records or into points of a metric. The same for the agent and for `weir probe`.
import { createHash } from 'node:crypto';
import type { Clock, Result } from '../../../base/index.ts';
import type { ActionProblem, AgentProcess, ProbeEnd, ProbePlace, ProbeReport, ProbeRequest, ProbeState } from '../../../model/index.ts';
import type { LogInput } from '../../../otlp/index.ts';
import type { Hit, InsertAsk, Leftover, ProbeMechanism } from '../contract.ts';
import { fitted, withoutTails } from './fit-values.ts';
import { hitRecord, type HitSource } from './hit-record.ts';
import { Measures, type MeasureKind } from './measures.ts';
import type { ProbeOutput } from './otlp-output.ts';
import { GovernedPlace, type Taken } from './place.ts';
import type { ValueRedactor } from './redact-values.ts';
import { TokenBucket } from './token-bucket.ts';

export interface ProbePorts {
  readonly clock: Clock;
  readonly output: ProbeOutput;
  readonly redact: ValueRedactor;
  readonly note: (probe: string, place: string, left: Leftover) => Promise<Result<void>>;
  readonly settle: (probe: string, place: string) => Promise<void>;
  /** `isNews`: a state changed, not only counts. */
  readonly changed: (probe: GovernedProbe, isNews: boolean) => void;
}

export interface GovernedOptions {
  readonly request: ProbeRequest;
  readonly mechanism: ProbeMechanism;
  readonly ports: ProbePorts;
  /** Processes may come later (a target by service): it waits when there is none. */
  readonly waits: boolean;
}

export const mostPlaces = 100;
/** Of those that ended, so many are still told of. */
const mostEndedPlaces = 20;
const flushEveryMs = 5000;
const mostLatest = 20;
const [mostFrames, mostFrameUnits] = [30, 300];
const notCounted = 'The place is passed so often that the process did little but hits while the probe was in: hits while it was out cannot be estimated, and the points (weir.probe.estimated) hold less than there were.';

export class GovernedProbe {
  readonly request: ProbeRequest;
  readonly #options: GovernedOptions;
  readonly #measureKind: MeasureKind | null;
  readonly #measures = new Map<GovernedPlace, Measures>();
  readonly #bucket: TokenBucket;
  readonly #expiresUnixMs: number;
  readonly #expiry: NodeJS.Timeout;
  readonly #flushing: NodeJS.Timeout | null;
  #places: GovernedPlace[] = [];
  /** Of places that are no longer told of. */
  #before = { hits: 0, emitted: 0, suppressed: 0 };
  #notes: readonly string[] = [];
  #ending: Promise<boolean> | null = null;
  #end: ProbeEnd | null = null;
  #why: ActionProblem | null = null;
  #endedUnixMs: number | null = null;
  #isRemoved = false;
  #quotaLeft: number;

  /** It runs from now; `insert` brings it into processes. */
  constructor(options: GovernedOptions) {
    this.#options = options;
    this.request = options.request;
    const { limits } = options.request;
    const { clock } = options.ports;
    this.#measureKind = measureOf(options.request);
    this.#bucket = new TokenBucket(limits.maxPerSecond, clock.monotonicMs());
    this.#quotaLeft = limits.maxHits;
    this.#expiresUnixMs = this.#unixMs() + limits.expiresAfterMs;
    this.#expiry = setTimeout(() => { void this.end('expired'); }, limits.expiresAfterMs);
    if (this.#measureKind !== null) this.note('It makes points of a metric, not records: the hit quota does not end it.');
    this.#flushing = this.#measureKind === null ? null : setInterval(() => { this.#flush(); }, flushEveryMs);
  }

  get id(): string { return this.request.id; }
  get isOver(): boolean { return this.#ending !== null; }

  /** Processes that it is in, or is about to be in. */
  processes(): readonly AgentProcess[] { return this.#places.flatMap(({ process, isLive }) => (process !== null && isLive ? [process] : [])); }

  /** Whether this process was tried already, whatever came of it. */
  knows({ pid, startTicks }: Pick<AgentProcess, 'pid' | 'startTicks'>): boolean { return this.#places.some(({ process }) => process?.pid === pid && process.startTicks === startTicks); }

  get hasRoom(): boolean { return this.#places.filter(({ isLive }) => isLive).length < mostPlaces; }

  /** Resolves when it is in, or will never be; null is the machine. */
  async insert(process: AgentProcess | null): Promise<void> {
    if (this.isOver) return;
    const { ports, mechanism } = this.#options;
    const place: GovernedPlace = new GovernedPlace(keyOf(this.id, process), process, {
      clock: ports.clock, limits: this.request.limits, take: (of, hits) => this.#take(of, hits), words: (text) => ports.redact.text(text), changed: (isNews) => { this.#changed(isNews); },
      note: (key, left) => ports.note(this.id, key, left), settle: (key) => ports.settle(this.id, key),
    });
    this.#forgetOld();
    this.#places.push(place);
    this.#changed(true);
    await place.insert(mechanism, this.request.what.spec as InsertAsk['spec']);
  }

  /** The process is gone; the probe with it, unless it waits for others. */
  gone({ pid, startTicks }: Pick<AgentProcess, 'pid' | 'startTicks'>): void {
    for (const place of this.#places) if (place.isLive && place.process?.pid === pid && place.process.startTicks === startTicks) void place.remove('process-gone');
  }

  note(text: string): void { if (this.#notes.length < 20 && !this.#notes.includes(text)) this.#notes = [...this.#notes, text.slice(0, 500)]; }

  /** Takes it out of all processes; true: nothing is left behind. Whoever calls again gets the same answer. */
  end(end: ProbeEnd, why: ActionProblem | null = null): Promise<boolean> {
    return this.#ending ??= this.#finish(end, why);
  }

  report(): ProbeReport {
    const { id, name, what, target, limits, owner, reason, createdUnixMs } = this.request;
    return {
      id, name, what, target, limits, owner, reason, createdUnixMs, state: this.#state(), end: this.#isRemoved ? this.#end : null, why: this.#why,
      expiresUnixMs: this.#expiresUnixMs, endedUnixMs: this.#endedUnixMs, ...this.#totals(), places: this.#places.map((place) => this.#reportOf(place)), notes: [...this.#notes],
    };
  }

  #reportOf(place: GovernedPlace): ProbePlace {
    const measured = this.#measures.get(place)?.total();
    return { ...place.report(), ...(measured === undefined ? {} : { measured }) };
  }

  #totals(): { hits: number; emitted: number; suppressed: number } {
    const sum = { ...this.#before };
    for (const { counts } of this.#places) { sum.hits += counts.hits; sum.emitted += counts.emitted; sum.suppressed += counts.suppressed; }
    return sum;
  }

  #state(): ProbeState {
    if (this.#isRemoved) return this.#end === 'refused' ? 'refused' : this.#end === 'fault' || this.#places.some(({ state }) => state === 'failed') ? 'failed' : 'ended';
    const states = new Set(this.#places.filter(({ isLive }) => isLive).map(({ state }) => state));
    return (['active', 'paused'] as const).find((state) => states.has(state)) ?? 'inserting';
  }

  #take(place: GovernedPlace, hits: readonly Hit[]): Taken {
    if (this.#isRemoved) return { emitted: 0, overRate: 0, latest: [] };
    const taken = this.#measureKind === null ? this.#record(place, hits) : this.#measure(place, hits);
    if (this.#quotaLeft <= 0) void this.end('quota');
    return taken;
  }

  #record(place: GovernedPlace, hits: readonly Hit[]): Taken {
    const { clock, output, redact } = this.#options.ports;
    const source = this.#sourceOf(place);
    const [records, latest]: [LogInput[], Taken['latest'][number][]] = [[], []];
    let overRate = 0;
    for (const hit of hits) {
      if (this.#quotaLeft <= 0) break;
      if (!this.#bucket.take(clock.monotonicMs())) { overRate++; continue; }
      this.#quotaLeft--;
      const { values, isCut } = this.#shown(hit);
      const record = hitRecord(source, isCut ? { ...hit, bytesCut: true } : hit, values, redact, clock.nowUnixNano());
      records.push(record);
      latest.push({ unixMs: Number(hit.unixNano / 1_000_000n), values, ...stackOf(record) });
    }
    if (records.length > 0) output.records(source, records);
    return { emitted: records.length, overRate, latest: latest.slice(-mostLatest) };
  }

  /** Redacted first, cut to what was asked for then. */
  #shown({ values, origins, bytesCut }: Hit): ReturnType<typeof fitted> {
    const { redact } = this.#options.ports;
    const { spec } = this.request.what;
    if (!('bounds' in spec)) return { values: redact.values(values, origins), isCut: false };
    return fitted(redact.values(bytesCut === true ? withoutTails(values) as Record<string, unknown> : values, origins), spec.bounds);
  }

  /** Counts make no records, so neither the rate nor the quota touches them: a counter that left out hits would be wrong. The bound of the CPU holds. */
  #measure(place: GovernedPlace, hits: readonly Hit[]): Taken {
    const measures = this.#measuresOf(place);
    const counted: Hit[] = [];
    for (const hit of hits) if (measures.add(hit.measure ?? 1)) counted.push(hit);
    const latest = counted.slice(-mostLatest).map((hit) => ({ unixMs: Number(hit.unixNano / 1_000_000n), values: this.#shown(hit.measure === undefined ? hit : { ...hit, values: { ...hit.values, [this.#measureKind ?? 'value']: hit.measure } }).values }));
    return { emitted: counted.length, overRate: 0, latest };
  }

  #measuresOf(place: GovernedPlace): Measures {
    const known = this.#measures.get(place) ?? new Measures(this.#measureKind ?? 'count', this.#options.ports.clock.nowUnixNano());
    this.#measures.set(place, known);
    return known;
  }

  #flush(): void {
    const { clock, output } = this.#options.ports;
    for (const [place, measures] of this.#measures) {
      const unseen = place.unseen();
      if (unseen.missed === null) this.note(notCounted);
      const point = measures.take(this.request.name, clock.nowUnixNano(), unseen);
      if (point !== null) output.point(this.#sourceOf(place), point);
    }
  }

  #sourceOf({ process, code }: GovernedPlace): HitSource {
    const { id, name, what } = this.request;
    const { spec } = what;
    return { probe: { id, name }, process, code, severityNumber: 'severityNumber' in spec ? spec.severityNumber : 9, message: what.kind === 'logpoint' ? what.spec.message ?? null : null };
  }

  async #finish(end: ProbeEnd, why: ActionProblem | null): Promise<boolean> {
    clearTimeout(this.#expiry);
    if (this.#flushing !== null) clearInterval(this.#flushing);
    this.#end = end;
    const clean = await Promise.all(this.#places.map((place) => (place.isLive ? place.remove(end) : true)));
    this.#flush();
    const refused = !this.#options.waits && this.#places.length > 0 && this.#places.every((place) => place.end === 'refused') ? this.#places[0] : undefined;
    if (refused !== undefined) this.#end = 'refused';
    this.#why = why ?? this.#places.find(({ state }) => state === 'failed')?.why ?? refused?.why ?? null;
    this.#endedUnixMs = this.#unixMs();
    this.#isRemoved = true;
    this.#options.ports.changed(this, true);
    return clean.every(Boolean);
  }

  #changed(isNews: boolean): void {
    if (isNews && !this.isOver && !this.#options.waits && this.#places.length > 0 && this.#places.every(({ isLive }) => !isLive)) { this.#endWithPlaces(); return; }
    this.#options.ports.changed(this, isNews);
  }

  /** Nobody is left in whom it could be. */
  #endWithPlaces(): void {
    const last = this.#places.findLast(({ wasIn }) => wasIn) ?? this.#places.at(-1)!;
    void this.end(last.wasIn ? last.end ?? 'process-gone' : 'refused', last.why);
  }

  #forgetOld(): void {
    const ended = this.#places.filter(({ isLive }) => !isLive);
    if (ended.length < mostEndedPlaces) return;
    this.#flush();
    const forgotten = new Set(ended.slice(0, Math.max(0, ended.length - mostEndedPlaces + 1)));
    for (const place of forgotten) {
      this.#before = { hits: this.#before.hits + place.counts.hits, emitted: this.#before.emitted + place.counts.emitted, suppressed: this.#before.suppressed + place.counts.suppressed };
      this.#measures.delete(place);
    }
    this.#places = this.#places.filter((place) => !forgotten.has(place));
  }

  #unixMs(): number { return Number(this.#options.ports.clock.nowUnixNano() / 1_000_000n); }
}

/** For those who look at the code: redacted as it is in the record. */
function stackOf({ attributes }: LogInput): { readonly stack?: readonly string[] } {
  const text = attributes?.['code.stacktrace'];
  return typeof text === 'string' ? { stack: text.split('\n').slice(0, mostFrames).map((frame) => frame.slice(0, mostFrameUnits)) } : {};
}

/** Safe in names of files and of events: of the probe, and of the process with its start. */
function keyOf(id: string, process: AgentProcess | null): string {
  const of = createHash('sha256').update(id).digest('hex').slice(0, 12);
  return process === null ? of : `${of}_${process.pid}_${process.startTicks.toString(36)}`;
}

/** What it makes points of; null: it makes records. */
export function measureOf({ what }: Pick<ProbeRequest, 'what'>): MeasureKind | null {
  if (what.kind !== 'logpoint' && what.kind !== 'uprobe') return null;
  const { does } = what.spec;
  return does === 'count' || does === 'metric' || does === 'timer' ? does : null;
}
