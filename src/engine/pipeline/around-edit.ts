// What surrounds the records of a request (resources, scopes, metrics), for each redact rule that met one of its records. It is
// done when the stage is through, on the request as it came: records and their order stay, so what became of them holds.
import { codec, type ServiceNames, type SurroundingsMapper } from '../../otlp/index.ts';
import type { CompiledPolicy } from '../../redaction/index.ts';
import type { Batch } from './batch.ts';
import { maskAllOf } from './closed.ts';
import { noteError, type Counters } from './live-rule.ts';
import type { Books, PolicyMapper } from './policy-mapper.ts';
import { dropRecord } from './redact.ts';

const noService: ServiceNames = { name: '', also: [] };

/** What is known of a rule at the end of its stage: that the request's surroundings are due. */
export interface AroundEdit { readonly policy: CompiledPolicy; readonly mapper: PolicyMapper; readonly counters: Counters; readonly books: Books | null }

/** True when the view is another. */
export function redactAround(batch: Batch): boolean {
  const { view } = batch;
  const edits = [...batch.around];
  batch.around.clear();
  const services = codec.allServiceNames(view);
  for (const edit of edits) {
    const bytes = around(batch, edit, services);
    if (bytes !== null) batch.reframe(bytes);
  }
  return batch.view !== view;
}

/** The request with its surroundings mapped, by other means when the rule's own fail; null when they stay as they are. */
function around(batch: Batch, edit: AroundEdit, services: readonly ServiceNames[]): Uint8Array | null {
  const { counters, policy, books } = edit;
  try {
    const surroundings = new Surroundings(batch, edit, services);
    const bytes = codec.mapTextAround(batch.view, surroundings);
    surroundings.drop();
    return bytes;
  } catch (error) {
    noteError(counters, error);
  }
  try {
    books?.ledger.noteClosed(books.rule, books.ledger.surroundings(batch.view.signal, ''));
    return codec.mapTextAround(batch.view, maskAllOf((resource) => { const { name, also } = services[resource] ?? noService; return policy.forService(name, also) !== null; }));
  } catch {
    for (let i = 0; i < batch.view.recordCount; i++) dropRecord(batch, i, counters);
    return null;
  }
}

/** One rule over the surroundings of one request. */
class Surroundings implements SurroundingsMapper {
  readonly #batch: Batch;
  readonly #edit: AroundEdit;
  readonly #services: readonly ServiceNames[];
  #from = 0;
  #to = 0;
  /** Ranges of bytes whose records are dropped. */
  readonly #dropped: { readonly from: number; readonly to: number }[] = [];

  constructor(batch: Batch, edit: AroundEdit, services: readonly ServiceNames[]) {
    this.#batch = batch;
    this.#edit = edit;
    this.#services = services;
  }

  of(resource: number): PolicyMapper | null {
    const { policy, mapper, books } = this.#edit;
    const { name: service, also } = this.#services[resource] ?? noService;
    const own = policy.forService(service, also);
    if (own === null) return null;
    let origin: ReturnType<NonNullable<typeof books>['ledger']['surroundings']> | null = null;
    mapper.begin(own, () => (origin ??= books!.ledger.surroundings(this.#batch.view.signal, service)), () => { this.#dropped.push({ from: this.#from, to: this.#to }); }, this.#batch.again);
    return mapper;
  }

  within(from: number, to: number): void {
    this.#from = from;
    this.#to = to;
  }

  /** Ranges nest and lie in order, so one pass over the records is enough. */
  drop(): void {
    if (this.#dropped.length === 0) return;
    const { view } = this.#batch;
    const ranges = this.#dropped.toSorted((a, b) => a.from - b.from);
    let next = 0;
    let until = -1;
    for (let i = 0; i < view.recordCount; i++) {
      const at = view.recordStart(i);
      for (; next < ranges.length && ranges[next]!.from <= at; next++) until = Math.max(until, ranges[next]!.to);
      if (at < until) dropRecord(this.#batch, i, this.#edit.counters);
    }
  }
}
