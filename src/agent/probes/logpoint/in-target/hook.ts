// Runs in the observed process, as text: no names from outside the function. What a breakpoint's condition or a live edit calls: it reads the
// values, keeps the hit in a bounded list, tells Weir that there is something, and answers false, so that nothing stops. A full list costs
// next to nothing: a burst that Weir has not fetched yet is counted, not read.
import type { CaptureBounds } from '../../../../model/index.ts';
import type { Builtins, Given } from './builtins.ts';
import type { capturing, Patience } from './capture.ts';
import type { Reader, reader } from './reader.ts';

export interface PlaceSetting { readonly key: string; readonly does: 'record' | 'count' | 'metric' | 'timer' | 'snapshot'; readonly names: readonly string[]; readonly bounds: CaptureBounds; readonly mostWaiting: number }
/** Frame: function, file or URL, line and column from 1. */
export type RawFrame = readonly [name: string, file: string, line: number, column: number];
export interface RawHit { readonly at: number; readonly values: Record<string, unknown>; readonly measure?: number; readonly trace?: readonly [string, string]; readonly stack?: readonly RawFrame[]; readonly cut?: boolean }
/** `passes`: evaluated without a hit. `spentMs`: in here, without V8's own work. */
export interface Drained { readonly key: string; readonly hits: readonly RawHit[]; readonly lost: number; readonly passes: number; readonly spentMs: number; /** What could not be read: the condition, the number; how often, and why the last time. */ readonly faults: number; readonly fault: string | null }

interface Parts { readonly built: Builtins; readonly given: Given; readonly capturing: typeof capturing; readonly reader: typeof reader }
type Read = (read: Reader) => unknown;

export function hook({ built, given, capturing: capturingOf, reader: readerOf }: Parts) {
  interface Place { readonly setting: PlaceSetting; readonly read: Reader; readonly patience: Patience; readonly starts: Map<string, { at: number; values: Record<string, unknown>; cut: boolean }>; hits: RawHit[]; lost: number; passes: number; spentMs: number; faults: number; fault: string | null }
  const places: Place[] = [];
  const mostStarts = 1000;
  /** Of one hit, before it opens no more objects. */
  const mostMs = 20;
  const [ownError, spanKey, telemetryKey] = [Error, Symbol.for('OpenTelemetry Context Key SPAN'), Symbol.for('opentelemetry.js.api.1')];
  /** Hits wait so long for Weir to fetch them, counted while places are passed: a pause of the process is nobody's fault. */
  const [mostOwedMs, mostGapMs] = [1500, 50];
  const nudgePasses = 20;
  let nudged = false;
  let [owedMs, passedAtMs] = [0, 0];
  /** Breakpoints, by their ids. */
  let set: string[] = [];
  const mine: Record<string, unknown> = { __proto__: null } as unknown as Record<string, unknown>;

  const nudge = (): void => { if (nudged) return; nudged = true; given.nudge(''); };
  /** In Weir's own words: those of V8 hold values of the program. A name that V8 has optimised away is not defined for it. */
  const why = (failed: unknown): string => {
    if (typeof failed !== 'object' || failed === null || given.types.isProxy(failed)) return 'not read';
    const told: unknown = built.descriptor(failed, 'weir')?.value;
    if (typeof told === 'string') return told;
    const kind = built.prototypeOf(failed) as object | null;
    const name: unknown = kind === null || given.types.isProxy(kind) ? undefined : built.descriptor(kind, 'name')?.value;
    return name === 'ReferenceError' ? 'not available here' : 'not read';
  };
  /** `reads` is an array of the program's realm: it is read by index. */
  const valuesOf = ({ setting, read, patience }: Place, reads: readonly Read[], from = 0): [Record<string, unknown>, boolean] => {
    const values = { __proto__: null } as unknown as Record<string, unknown>;
    const capture = capturingOf(built, given, setting.bounds, patience);
    for (let index = from; index < reads.length; index++) {
      let value: unknown;
      try { value = capture.capture(reads[index]!(read)); } catch (failed) { value = `[${why(failed)}]`; }
      values[setting.names[index - from]!] = value;
    }
    return [values, capture.isCut()];
  };
  /** Format: OpenTelemetry JS API 1.x, its global and the context key of the active span. The only functions of others that are called. */
  const trace = (): readonly [string, string] | undefined => {
    try {
      const api = given.global[telemetryKey] as { context?: { active(): { getValue(key: symbol): { spanContext(): { traceId: unknown; spanId: unknown } } | undefined } } } | undefined;
      const span = api?.context?.active().getValue(spanKey)?.spanContext();
      return typeof span?.traceId === 'string' && typeof span.spanId === 'string' && span.traceId.length === 32 && span.spanId.length === 16 ? [span.traceId, span.spanId] : undefined;
    } catch { return undefined; }
  };
  const framesOf = (sites: readonly NodeJS.CallSite[]): RawFrame[] => sites.map((site) => [site.getFunctionName() ?? '', site.getFileName() ?? '', site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0]);
  /** By the Error of Weir's realm: how the program writes its stacks is not touched. */
  const stack = (below: (...all: never[]) => unknown): RawFrame[] => {
    const holder: { stack?: unknown } = {};
    ownError.captureStackTrace(holder, below);
    return built.isArray(holder.stack) ? holder.stack as RawFrame[] : [];
  };
  ownError.prepareStackTrace = (_: unknown, sites: NodeJS.CallSite[]) => framesOf(sites);
  ownError.stackTraceLimit = 50;
  const keep = (place: Place, hit: RawHit): void => { place.hits[place.hits.length] = hit; nudge(); };
  const measureOf = (place: Place, reads: readonly Read[]): number | null => {
    const value = reads[0] === undefined ? 1 : reads[0](place.read);
    return typeof value === 'number' && built.number.strictlyFinite(value) ? value : null;
  };
  const record = (place: Place, reads: readonly Read[], below: (...all: never[]) => unknown): void => {
    const { does } = place.setting;
    const measure = does === 'count' ? 1 : does === 'metric' ? measureOf(place, reads) : undefined;
    if (measure === null) { place.passes++; place.faults++; place.fault = 'not a number'; nudge(); return; }
    const [values, cut] = valuesOf(place, reads, does === 'metric' ? 1 : 0);
    const span = trace();
    keep(place, { at: built.unixMs(), values, ...(measure === undefined ? {} : { measure }), ...(span === undefined ? {} : { trace: span }), ...(does === 'snapshot' ? { stack: stack(below) } : {}), ...(cut ? { cut } : {}) });
  };
  const joins = (place: Place, by: Read | null): string => { const value = by === null ? '' : capturingOf(built, given, { depth: 1, entries: 1, characters: 200, bytes: 256 }, place.patience).capture(by(place.read)); return typeof value === 'string' ? value : built.stringify(value) ?? ''; };
  const start = (place: Place, reads: readonly Read[], by: Read | null): void => {
    const [name, { starts }] = [joins(place, by), place];
    if (starts.size >= mostStarts && !starts.has(name)) { const [oldest] = starts.keys(); starts.delete(oldest!); place.lost++; }
    const [values, cut] = valuesOf(place, reads);
    place.passes++;
    starts.set(name, { at: given.now(), values, cut });
  };
  const end = (place: Place, by: Read | null): void => {
    const [name, now] = [joins(place, by), given.now()];
    const from = place.starts.get(name);
    if (from === undefined) { place.passes++; return; }
    place.starts.delete(name);
    const span = trace();
    keep(place, { at: built.unixMs(), values: from.values, measure: now - from.at, ...(from.cut ? { cut: true } : {}), ...(span === undefined ? {} : { trace: span }) });
  };
  const isFull = (place: Place): boolean => place.hits.length >= place.setting.mostWaiting;
  /** Everything that a place does is counted and timed; nothing is thrown into the program. */
  const guarded = (place: Place, condition: Read | null, work: () => void): false => {
    if (isFull(place)) { if (condition === null) place.lost++; else place.passes++; return false; }
    const from = given.now();
    try {
      place.read.begin();
      place.patience.untilMs = from + mostMs;
      if (condition === null || condition(place.read)) work();
      else if (++place.passes % nudgePasses === 0) nudge();
    } catch (failed) { place.passes++; place.faults++; place.fault = why(failed); nudge(); }
    place.spentMs += given.now() - from;
    return false;
  };
  const arrive = (place: Place) => {
    const at = (condition: Read | null, reads: readonly Read[], by: Read | null = null): false =>
      guarded(place, condition, () => { if (place.setting.does === 'timer') start(place, reads, by); else record(place, reads, at as (...all: never[]) => unknown); });
    return at;
  };

  /** Where none is, neither a condition nor a statement does anything. */
  const open = (place: Place): void => {
    mine[`at_${place.setting.key}`] ??= arrive(place);
    mine[`end_${place.setting.key}`] ??= (by: Read | null): false => guarded(place, null, () => { end(place, by); });
  };
  const close = (key: string): void => { delete mine[`at_${key}`]; delete mine[`end_${key}`]; };
  const unset = (breakpointId: string): void => { set = set.filter((each) => each !== breakpointId); given.post('Debugger.removeBreakpoint', { breakpointId }); };
  /** Nothing is passed any more, and the debugger goes as soon as the process rests: not here, where V8 may be in the middle of a condition. */
  const leave = (): void => {
    for (let at = 0; at < places.length; at++) close(places[at]!.setting.key);
    for (const id of set) unset(id);
    given.letGo();
  };
  /** Part of each breakpoint's condition: a Weir that stands still, or is gone, costs the process no more than this. */
  mine['alive'] = (): void => {
    const now = given.now();
    const gapMs = now - passedAtMs;
    passedAtMs = now;
    if (!nudged) return;
    owedMs += gapMs < mostGapMs ? gapMs : mostGapMs;
    if (owedMs > mostOwedMs) { owedMs = 0; leave(); }
  };
  mine['set'] = (text: string): string => {
    const { breakpointId } = given.post('Debugger.setBreakpoint', built.parse(text) as object) as { breakpointId: string };
    set[set.length] = breakpointId;
    return breakpointId;
  };
  mine['unset'] = unset;
  mine['leave'] = leave;

  /** As JSON: an object of the program's realm has what the program put into its prototype. */
  mine['add'] = (text: string): boolean => {
    const setting = built.parse(text) as PlaceSetting;
    const patience: Patience = { untilMs: Infinity, tooMany: 0 };
    const read = readerOf(built, given, (value) => capturingOf(built, given, setting.bounds, patience).capture(value));
    const place: Place = { setting, read, patience, starts: new Map(), hits: [], lost: 0, passes: 0, spentMs: 0, faults: 0, fault: null };
    places[places.length] = place;
    open(place);
    return true;
  };
  mine['mute'] = (key: string, isMuted: boolean): void => {
    const place = places.find(({ setting }) => setting.key === key);
    if (isMuted) close(key); else if (place !== undefined) open(place);
  };
  mine['drop'] = (key: string): boolean => {
    const at = places.findIndex(({ setting }) => setting.key === key);
    if (at >= 0) places.splice(at, 1);
    close(key);
    return at >= 0;
  };
  /** JSON of what came since. */
  mine['drain'] = (): string => {
    nudged = false;
    owedMs = 0;
    return built.stringify(places.filter(({ hits, lost, passes }) => hits.length + lost + passes > 0).map((place) => {
      const { setting: { key }, hits, lost, passes, spentMs, faults, fault } = place;
      place.hits = []; place.lost = 0; place.passes = 0; place.spentMs = 0; place.faults = 0; place.fault = null;
      return { key, hits, lost, passes, spentMs, faults, fault } satisfies Drained;
    }));
  };
  return mine;
}
