// Redaction: the redact sink and policy rules, which are one thing here. Every text of a matching record is looked at where it
// lies, as bytes: body, names, attributes, events, links, exemplars, nested values, bytes, and whole numbers; so are the
// resources, scopes and metrics of a request of which any record matched. Which records it is for a redact rule decides on the
// record as it came, what it does it does to what the redact rules before it left. A rule that fails fails closed: `closed.ts`.
import { decodeUtf8 } from '../../base/index.ts';
import { attributeKey, codec, columnId, type RecordCursor } from '../../otlp/index.ts';
import type { CompiledPolicy, ServicePolicy } from '../../redaction/index.ts';
import { Annotations } from './annotations.ts';
import type { AroundEdit } from './around-edit.ts';
import type { Batch } from './batch.ts';
import { maskAll } from './closed.ts';
import { passOn, settled, type Counters, type Effect } from './live-rule.ts';
import { PolicyMapper, type Books } from './policy-mapper.ts';
import type { Names } from '../redaction/index.ts';

export interface Redaction {
  /** Whether the policy is for the record's service. */
  readonly isFor: (cursor: RecordCursor) => boolean;
  /** On a record that matched. */
  readonly effect: Effect;
  /** On a record that the rule could not be run on: all of its text goes. */
  readonly onError: (batch: Batch, index: number) => void;
}

/** `books` is null in shadow. `ofService`: whose record it is. */
export function compileRedaction(policy: CompiledPolicy, counters: Counters, books: Books | null, names: Names, ofService = serviceOf): Redaction {
  const rule = new RedactRule(policy, counters, books, names, ofService);
  return { isFor: (cursor) => rule.isFor(cursor), effect: (batch, index) => rule.redact(batch, index), onError: (batch, index) => rule.close(batch, index) };
}

class RedactRule {
  readonly #counters: Counters;
  readonly #books: Books | null;
  readonly #annotations: Annotations | null;
  readonly #mapper: PolicyMapper;
  readonly #around: AroundEdit;
  readonly #services: RecordServices;
  #drops = false;

  constructor(policy: CompiledPolicy, counters: Counters, books: Books | null, names: Names, ofService: ServiceOf) {
    this.#counters = counters;
    this.#books = books;
    this.#services = new RecordServices(policy, ofService);
    this.#annotations = policy.annotate === 'silent' ? null : new Annotations(policy.annotate, (key) => names.clean(key, this.#services.name));
    this.#mapper = new PolicyMapper(books, this.#annotations);
    this.#around = { policy, mapper: new PolicyMapper(books, null), counters, books };
  }

  isFor(cursor: RecordCursor): boolean { return this.#services.of(cursor) !== null; }

  redact(batch: Batch, index: number): boolean {
    const { cursor } = batch;
    const policy = this.#services.of(cursor);
    if (policy === null) return passOn;
    batch.around.add(this.#around);
    batch.cover(index);
    this.#drops = false;
    const before = bodyNow(batch, index);
    const after = this.#mapped(batch, policy, before);
    if (this.#drops) { dropRecord(batch, index, this.#counters); return settled; }
    if (after === null) return passOn;
    batch.replace(index, after);
    this.#counters.changed++;
    return passOn;
  }

  #mapped(batch: Batch, policy: ServicePolicy, before: Uint8Array | null): Uint8Array | null {
    const { cursor } = batch;
    // What an earlier record that failed left here is none of this one's.
    this.#annotations?.take();
    this.#mapper.begin(policy, () => this.#books!.ledger.record(cursor, this.#services.name), () => { this.#drops = true; }, batch.again);
    const after = codec.mapRecordText(cursor, this.#mapper, before);
    const annotated = this.#annotations?.take() ?? null;
    return annotated === null ? after : codec.withAttributes(cursor, after ?? before, annotated);
  }

  /** Masks the record wholesale; where even that fails it goes, and is counted as dropped. */
  close(batch: Batch, index: number): void {
    try {
      if (!this.isFor(batch.cursor)) return;
      batch.around.add(this.#around);
      batch.cover(index);
      this.#books?.ledger.noteClosed(this.#books.rule, this.#books.ledger.record(batch.cursor, this.#services.name));
      const bytes = codec.mapRecordText(batch.cursor, maskAll, bodyNow(batch, index));
      if (bytes === null) return;
      batch.replace(index, bytes);
      this.#counters.changed++;
    } catch {
      dropRecord(batch, index, this.#counters);
    }
  }
}

/** The policy of each record's service, and of all that its resource calls itself: a name beside it is no way round. Records of one resource lie together, so it is asked once per resource. */
class RecordServices {
  readonly #policy: CompiledPolicy;
  readonly #ofService: ServiceOf;
  #resets = -1;
  #resource = -1;
  #answer: ServicePolicy | null = null;
  /** Of the record asked for last, as it came. */
  name = '';

  constructor(policy: CompiledPolicy, ofService: ServiceOf) {
    this.#policy = policy;
    this.#ofService = ofService;
  }

  of(cursor: RecordCursor): ServicePolicy | null {
    const resource = cursor.view.resourceOf(cursor.index);
    if (cursor.resets === this.#resets && resource === this.#resource && this.#ofService === serviceOf) return this.#answer;
    this.name = this.#ofService(cursor);
    this.#answer = this.#policy.forService(this.name, cursor.otherServices());
    this.#resets = cursor.resets;
    this.#resource = resource;
    return this.#answer;
  }
}

const serviceKeys = ['ServiceName', 'service.name'].map(attributeKey);

/** The service whose records a point was made of, where the rule that made it groups by it; else the agent's own. */
export function serviceOfPoint(cursor: RecordCursor): string {
  for (const key of serviceKeys) if (cursor.attributeSlice(key)) return decodeUtf8(cursor.view.bytes, cursor.sliceStart, cursor.sliceEnd);
  return serviceOf(cursor);
}

type ServiceOf = (cursor: RecordCursor) => string;

/** service.name of the record at the cursor; empty when it has none. */
export function serviceOf(cursor: RecordCursor): string {
  return cursor.slice(columnId(cursor.view.signal, 'ServiceName')) ? decodeUtf8(cursor.view.bytes, cursor.sliceStart, cursor.sliceEnd) : '';
}

/** What earlier redact rules left of the record; null while it is as it came. The cursor shows it as it came all the while. */
function bodyNow({ outcome }: Batch, index: number): Uint8Array | null {
  const left = outcome[index];
  return left instanceof Uint8Array ? left : null;
}

export function dropRecord(batch: Batch, index: number, counters: Counters): void {
  if (batch.outcome[index] === false) return;
  batch.take(index);
  batch.removed.dropped++;
  counters.removed++;
  counters.bytesRemoved += batch.view.recordEnd(index) - batch.view.recordStart(index);
}
