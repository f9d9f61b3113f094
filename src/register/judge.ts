// A record of the app past the rules. Whatever goes wrong in here, the app's call returns as if Weir were not there and the record
// leaves as it is; unless redact rules are in force for it: then it does not leave. Either way it is counted.
import { adjustedCountKey } from '../engine/index.ts';
import type { Attributes, LogJudge, Logger, LogRecord, Span, SpanJudge } from './hooks/index.ts';
import type { Levels } from './levels.ts';
import type { Meter } from './meter.ts';
import { blankSpan, LogCursor, logFromWire, logToWire, SpanCursor, spanFromWire, spanToWire, toBag, type ObjectCursor } from './records/index.ts';
import type { GateVerdict, Rewriter, RuleBook } from './rules/index.ts';
import { newTally, type Tally } from './tally.ts';

interface Parts {
  readonly book: RuleBook;
  readonly levels: Levels;
  readonly meter: Meter;
  /** Of the environment, for an SDK that does not show its own. */
  readonly resource: Attributes;
  /** Told of the first fault, and of it alone. */
  readonly onFault: (error: unknown, withheld: boolean) => void;
}

type AnyCursor = ObjectCursor<LogCursor> | ObjectCursor<SpanCursor>;

export class Judge implements LogJudge, SpanJudge {
  readonly logs = newTally('logs');
  readonly spans = newTally('spans');
  /** service.name of the record seen last. */
  service = '';
  readonly #parts: Parts;
  readonly #log = new LogCursor();
  readonly #span = new SpanCursor();
  /** A record is in hand: one that an accessor of it emits cannot be looked at. */
  #busy = false;
  #faulted = false;
  /** Whether the record in hand did not leave because redaction failed on it. */
  #withheldLast = false;

  constructor(parts: Parts) { this.#parts = parts; }

  mayLeave(severityNumber: unknown, logger: Logger): boolean {
    try { return !this.#parts.levels.isBelow(severityNumber, () => this.#serviceOf(logger)); } catch { return true; }
  }

  log(record: LogRecord, logger: Logger): LogRecord | null {
    const { logs } = this;
    logs.seen++;
    if (!this.mayLeave(record?.severityNumber, logger)) { logs.belowLevel++; return null; }
    const { gate, rewriter } = this.#parts.book;
    if (!gate.isFor('logs') && rewriter === null) { logs.passed++; return record; }
    return this.#guarded(logs, record, () => this.#judgedLog(record, logger));
  }

  span(span: Span, endTime: unknown): boolean {
    const { spans } = this;
    spans.seen++;
    const { gate, rewriter } = this.#parts.book;
    if (!gate.isFor('spans') && rewriter === null) { spans.passed++; return true; }
    const left = this.#guarded(spans, span, () => this.#judgedSpan(span, endTime));
    if (left === null) this.#blankWithheld(span);
    return left !== null;
  }

  /** Where the mark of a span cannot be changed, it leaves without texts. */
  #blankWithheld(span: Span): void {
    try { if (this.#withheldLast) blankSpan(span); } catch { /* a frozen span: it ends as one that was not sampled */ }
  }

  #guarded<T>(tally: Tally, record: T, judged: () => T | null): T | null {
    this.#withheldLast = false;
    if (this.#busy) return this.#failed(tally, record, new Error('a record was emitted while another was looked at'));
    this.#busy = true;
    try {
      const left = judged();
      if (left !== null) tally.passed++;
      return left;
    } catch (error) {
      return this.#failed(tally, record, error);
    } finally {
      this.#busy = false;
    }
  }

  #failed<T>(tally: Tally, record: T, error: unknown): T | null {
    const withheld = this.#parts.book.rewriter?.redacts(tally.signal) === true;
    if (!this.#faulted) { this.#faulted = true; this.#parts.onFault(error, withheld); }
    this.#withheldLast = withheld;
    if (withheld) { tally.withheld++; return null; }
    tally.passed++;
    tally.faults++;
    return record;
  }

  #judgedLog(record: LogRecord, logger: Logger): LogRecord | null {
    const cursor = this.#log.put(record, logger, this.#parts.resource);
    const verdict = this.#gated('logs', cursor);
    if (typeof verdict !== 'number') { this.logs[verdict]++; return null; }
    const kept = verdict === 1 ? record : { ...record, attributes: withCount(record.attributes ?? {}, verdict) };
    const { rewriter } = this.#parts.book;
    if (rewriter === null || !rewriter.concerns('logs', cursor)) return kept;
    const before = kept === record ? cursor : cursor.put(kept, logger, this.#parts.resource);
    const done = rewriter.run('logs', logToWire(before, this.#resourceFor(before, rewriter)));
    if (done.is === 'gone') { this.logs.dropped++; return null; }
    if (done.is === 'same') return kept;
    const left = logFromWire(done.bytes, kept);
    this.logs.changed++;
    return left;
  }

  #judgedSpan(span: Span, endTime: unknown): Span | null {
    const cursor = this.#span.put(span, endTime, this.#parts.resource);
    const verdict = this.#gated('spans', cursor);
    if (typeof verdict !== 'number') { this.spans[verdict]++; return null; }
    const { rewriter } = this.#parts.book;
    const concerned = rewriter?.concerns('spans', cursor) === true;
    if (verdict !== 1) Object.assign(span.attributes, withCount(span.attributes, verdict));
    if (rewriter === null || !concerned) return span;
    const done = rewriter.run('spans', spanToWire(cursor, this.#resourceFor(cursor, rewriter)));
    if (done.is === 'gone') { this.spans.dropped++; return null; }
    if (done.is === 'changed') { spanFromWire(done.bytes, span); this.spans.changed++; }
    return span;
  }

  #gated(signal: 'logs' | 'spans', cursor: AnyCursor): GateVerdict {
    const { book: { gate }, meter } = this.#parts;
    const began = meter.begin();
    const verdict = gate.judge(signal, cursor);
    meter.end(began);
    const service = cursor.resource['service.name'];
    if (typeof service === 'string') this.service = service;
    return verdict;
  }

  /** All of the resource when a rule asks for it; what it holds in clear is the agent's to redact. */
  #resourceFor(cursor: AnyCursor, { asksResource }: Rewriter): ReturnType<typeof toBag> {
    const service = cursor.resource['service.name'];
    return asksResource ? toBag(cursor.resource) : toBag(typeof service === 'string' ? { 'service.name': service } : {});
  }

  #serviceOf(logger: Logger): string {
    const service = (logger._sharedState?.resource?.attributes ?? this.#parts.resource)['service.name'];
    return typeof service === 'string' ? service : '';
  }
}

/** With how many records the kept one stands for, after samplers before this one. */
function withCount(attributes: Attributes, standsFor: number): Attributes {
  const before = attributes[adjustedCountKey];
  return { ...attributes, [adjustedCountKey]: standsFor * (typeof before === 'number' && before > 0 ? before : 1) };
}
