// Before and after of single records: each candidate goes through the rules alone, so what happened to it is certain.
// Candidates come from the newest requests that the rule touched, and a few untouched ones for contrast.
import { changesBetween, defaultExporter } from '../../engine/index.ts';
import { codec, columnId, type RecordCursor, type RequestView } from '../../otlp/index.ts';
import type { Pair } from './query-dry-run.ts';
import { readRecord } from './record.ts';
import type { DryRunRequest, DryRunSample } from './types.ts';

/** Requests kept for sampling: the newest of each kind. */
const keptRequests = 64;
const keptBytes = 16 << 20;
/** Untouched records shown for contrast: three of any kind, and up to so many of kinds that are not there yet. */
const contrasts = 3;
const variedContrasts = 6;
const tap = { in: false, out: false };

interface Kept { readonly request: DryRunRequest; readonly touched: boolean }
interface Candidate { readonly kept: Kept; readonly view: RequestView; readonly index: number; readonly matches: boolean }

/** One byte per record: 1 where the rule is for it. `touched`: the rule did something to the request. */
export type Matching = (view: RequestView, touched: boolean) => Uint8Array;

export class SampleBook {
  readonly #pair: Pair;
  readonly #matching: Matching;
  readonly #max: number;
  readonly #now: () => number;
  readonly #touched: Kept[] = [];
  readonly #untouched: Kept[] = [];
  readonly #found = { removed: [] as DryRunSample[], changed: [] as DryRunSample[], unchanged: [] as DryRunSample[] };
  readonly #contrastNames = new Set<string>();
  #tried = 0;
  #candidates: Iterator<Candidate> | null = null;

  constructor(pair: Pair, matching: Matching, max: number, now: () => number) {
    this.#pair = pair;
    this.#matching = matching;
    this.#max = max;
    this.#now = now;
  }

  note(request: DryRunRequest, touched: boolean): void {
    const list = touched ? this.#touched : this.#untouched;
    list.push({ request, touched });
    if (list.length > keptRequests || (list.length > 1 && list.reduce((sum, one) => sum + one.request.bytes.length, 0) > keptBytes)) list.shift();
  }

  /** True when done. */
  collect(deadline: number): boolean {
    this.#candidates ??= this.#all();
    for (let next = this.#candidates.next(); next.done !== true; next = this.#candidates.next()) {
      this.#try(next.value);
      if (this.#enough()) return true;
      if (this.#now() > deadline) return false;
    }
    return true;
  }

  #enough(): boolean {
    const { removed, changed, unchanged } = this.#found;
    return removed.length + changed.length >= this.#max && (unchanged.length >= variedContrasts || (unchanged.length >= contrasts && this.#tried > mostTried));
  }

  /** Changed ones first, for they say most; then what is gone, then what stayed. */
  samples(): readonly DryRunSample[] {
    const { removed, changed, unchanged } = this.#found;
    const changes = Math.max(Math.ceil(this.#max / 2), this.#max - removed.length);
    return [...[...changed.slice(0, changes), ...removed].slice(0, this.#max), ...unchanged];
  }

  *#all(): Generator<Candidate> {
    for (const kept of [...this.#touched.toReversed(), ...this.#untouched.toReversed()]) {
      const walked = codec.walk(kept.request.signal, kept.request.bytes);
      if (!walked.ok) continue;
      const matching = this.#matching(walked.value, kept.touched);
      for (let index = walked.value.recordCount - 1; index >= 0; index--) yield { kept, view: walked.value, index, matches: matching[index] === 1 };
    }
  }

  #isContrast(view: RequestView, index: number): boolean {
    const { length } = this.#found.unchanged;
    if (length < contrasts) return true;
    const name = cursorAt(view, index).column(columnId(view.signal, 'DurableId'));
    return length < variedContrasts && !this.#contrastNames.has(typeof name === 'string' ? name : '');
  }

  #try({ kept: { request }, view, index, matches }: Candidate): void {
    const { removed, changed } = this.#found;
    this.#tried++;
    if (matches ? removed.length + changed.length >= 2 * this.#max : !this.#isContrast(view, index)) return;
    const sample = sampleOf(this.#pair, request, view, index);
    if (sample === null) return;
    const list = this.#found[sample.kind];
    if (sample.kind === 'unchanged') this.#contrastNames.add(sample.before.durableId);
    if (list.length < (sample.kind === 'unchanged' ? variedContrasts : this.#max)) list.push(sample);
  }
}

/** Records looked through for contrasts of other kinds. */
const mostTried = 5000;

/** Null when an earlier rule settles the record: the rule never sees it. */
function sampleOf({ before, rule }: Pair, request: DryRunRequest, view: RequestView, index: number): DryRunSample | null {
  const single = codec.rewrite(view, Array.from({ length: view.recordCount }, (_, i) => (i === index ? null : false)));
  const { signal, sentAtMs } = request;
  const reached = before === null ? single : afterOf(before.process(signal, single, tap), single);
  if (reached === null) return null;
  const after = afterOf(rule.process(signal, reached, tap), reached);
  const id = request.idOf?.(index) ?? -1;
  const old = cursorAt(view, index);
  const seen = reached === single ? old : firstOf(signal, reached);
  const shown = { before: readRecord(seen, id, sentAtMs), request: single };
  if (after === null) return { kind: 'removed', ...shown, after: null, changes: [] };
  if (after === reached) return { kind: 'unchanged', ...shown, after: shown.before, changes: [] };
  const now = firstOf(signal, after);
  return { kind: 'changed', ...shown, after: readRecord(now, id, sentAtMs), changes: changesBetween(seen, now) };
}

function afterOf(processed: ReturnType<Pair['rule']['process']>, given: Uint8Array): Uint8Array | null {
  return processed.ok ? processed.value.out.find((batch) => batch.exporter === defaultExporter)?.bytes ?? null : given;
}

function firstOf(signal: RequestView['signal'], bytes: Uint8Array): RecordCursor {
  const walked = codec.walk(signal, bytes);
  // Bytes that a pipeline made.
  if (!walked.ok) throw new Error(walked.error.message);
  return cursorAt(walked.value, 0);
}

function cursorAt(view: RequestView, index: number): RecordCursor {
  const cursor = codec.cursor();
  cursor.reset(view);
  cursor.moveTo(index);
  return cursor;
}
