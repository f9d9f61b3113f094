// The redact sink. Every text of a matching record is looked at where it lies, as bytes: body, names, attributes, events,
// links, exemplars, nested values, bytes, and whole numbers that are cards; so are the resources, scopes and metrics of a
// request of which any record matched. Which records it is for a redact rule decides on the record as it came, what it does it
// does to what the redact rules before it left. A rule that fails fails closed: see `closed.ts`.
import type { Sink } from '../../kql/index.ts';
import { codec, type TextMapper } from '../../otlp/index.ts';
import { createScanner, type MaskMode, type Scanner } from '../../redaction/index.ts';
import { CompileError } from '../expr/index.ts';
import type { Batch } from './batch.ts';
import { maskAll } from './closed.ts';
import { noteError, passOn, type Counters, type Effect } from './live-rule.ts';

export interface Redaction {
  /** On a record that matched. */
  readonly effect: Effect;
  /** On a record that the rule could not be run on: all of its text goes. */
  readonly onError: (batch: Batch, index: number) => void;
}

/** What is known of a rule at the end of its stage: that the request's surroundings are due. */
export interface AroundEdit { readonly mapper: TextMapper; readonly counters: Counters }

export function compileRedaction(sink: Extract<Sink, { sink: 'redact' }>, counters: Counters, hmacKey?: Uint8Array): Redaction {
  const scanner = createScanner(sink.detectors, hmacKey === undefined ? {} : { hmacKey });
  if (!scanner.ok) throw new CompileError(scanner.error.message, scanner.error.help ?? '');
  const mapper = textMapper(scanner.value, sink.mode);
  const around: AroundEdit = { mapper, counters };
  return {
    effect: (batch, index) => {
      batch.around.add(around);
      const bytes = codec.mapRecordText(batch.cursor, mapper, bodyNow(batch, index));
      if (bytes === null) return passOn;
      batch.replace(index, bytes);
      counters.changed++;
      return passOn;
    },
    onError: (batch, index) => {
      batch.around.add(around);
      closeRecord(batch, index, counters);
    },
  };
}

const textMapper = (scanner: Scanner, mode: MaskMode): TextMapper => ({
  text: (bytes, start, end, keyBytes, keyStart, keyEnd) => scanner.redactBytes(bytes, start, end, mode, keyBytes, keyStart, keyEnd),
  key: (bytes, start, end) => scanner.redactBytes(bytes, start, end, mode, bytes, 0, 0),
  integer: (value, keyBytes, keyStart, keyEnd) => scanner.redactInteger(value, mode, keyBytes, keyStart, keyEnd),
  holds: (bytes, start, end) => scanner.scan(bytes, start, end).length > 0,
});

/** What earlier redact rules left of the record; null while it is as it came. The cursor shows it as it came all the while. */
function bodyNow({ outcome }: Batch, index: number): Uint8Array | null {
  const left = outcome[index];
  return left instanceof Uint8Array ? left : null;
}

/** Masks the record wholesale; where even that fails it goes, and is counted as dropped. */
function closeRecord(batch: Batch, index: number, counters: Counters): void {
  try {
    const bytes = codec.mapRecordText(batch.cursor, maskAll, bodyNow(batch, index));
    if (bytes === null) return;
    batch.replace(index, bytes);
    counters.changed++;
  } catch {
    dropRecord(batch, index, counters);
  }
}

function dropRecord(batch: Batch, index: number, counters: Counters): void {
  if (batch.outcome[index] === false) return;
  batch.remove(index);
  batch.removed.dropped++;
  counters.removed++;
  counters.bytesRemoved += batch.view.recordEnd(index) - batch.view.recordStart(index);
}

/** The surroundings of the batch's records, for each rule that met one of them in this stage. True when the view is another. */
export function redactAround(batch: Batch): boolean {
  const { view } = batch;
  const edits = [...batch.around];
  batch.around.clear();
  for (const { mapper, counters } of edits) {
    const bytes = around(batch, mapper, counters);
    if (bytes !== null) batch.advance(bytes);
  }
  return batch.view !== view;
}

/** The request with its surroundings mapped, by other means when the rule's own fail; null when they stay as they are. */
function around(batch: Batch, mapper: TextMapper, counters: Counters): Uint8Array | null {
  try {
    return mapAround(batch, mapper);
  } catch (error) {
    noteError(counters, error);
  }
  try {
    return mapAround(batch, maskAll);
  } catch {
    for (let i = 0; i < batch.view.recordCount; i++) dropRecord(batch, i, counters);
    return null;
  }
}

/** Most surroundings hold nothing, which the request as it came tells; only else is it put together for a second look. */
function mapAround(batch: Batch, mapper: TextMapper): Uint8Array | null {
  const mapped = codec.mapTextAround(batch.view, mapper);
  if (mapped === null || !batch.touched) return mapped;
  batch.advance(batch.bytes());
  return codec.mapTextAround(batch.view, mapper);
}
