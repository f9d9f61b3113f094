// A policy put to the texts of one record, or of what surrounds records: what it decides is done, noted in the ledger, and
// remembered for the record's `redaction.*` attributes.
import { encodeUtf8 } from '../../base/index.ts';
import type { TextMapper, TextPlace } from '../../otlp/index.ts';
import type { Decision, ServicePolicy } from '../../redaction/index.ts';
import type { Ledger, Origin, RuleName } from '../redaction/index.ts';
import type { Annotations } from './annotations.ts';

const nothing = new Uint8Array(0);

/** Where a rule's findings go; null for a rule in shadow, which tells nobody. */
export interface Books { readonly ledger: Ledger; readonly rule: RuleName }

export class PolicyMapper implements TextMapper {
  readonly #books: Books | null;
  readonly #annotations: Annotations | null;
  #policy: ServicePolicy | null = null;
  #originOf: () => Origin = () => { throw new Error('No record is in hand.'); };
  #dropped: () => void = () => { /* nothing to drop */ };

  constructor(books: Books | null, annotations: Annotations | null) {
    this.#books = books;
    this.#annotations = annotations;
  }

  /** From now on by this policy. `originOf` is asked when something is found, `dropped` is told when the policy drops. */
  begin(policy: ServicePolicy, originOf: () => Origin, dropped: () => void): void {
    this.#policy = policy;
    this.#originOf = originOf;
    this.#dropped = dropped;
  }

  value(at: TextPlace): 'whole' | null { return this.#policy!.value(at) === null ? null : 'whole'; }

  text(at: TextPlace, bytes: Uint8Array, start: number, end: number): Uint8Array | null {
    const decision = this.#policy!.text(at, bytes, start, end);
    return decision === null ? null : this.#done(decision, at, bytes, start, end);
  }

  key(at: TextPlace, bytes: Uint8Array, start: number, end: number): Uint8Array | null {
    const decision = this.#policy!.key(at, bytes, start, end);
    return decision === null ? null : this.#done(decision, at, bytes, start, end);
  }

  integer(at: TextPlace, value: number | bigint): Uint8Array | null {
    const decision = this.#policy!.integer(at, value);
    if (decision === null) return null;
    const digits = encodeUtf8(String(value));
    return this.#done(decision, at, digits, 0, digits.length);
  }

  /** A field that no schema has can only be left out; what is ignored elsewhere is not worth more here. */
  holds(at: TextPlace, bytes: Uint8Array, start: number, end: number): boolean {
    const decision = this.#policy!.text(at, bytes, start, end);
    if (decision === null || (decision.whole === 'keep' && decision.bytes === null)) return false;
    this.#done(decision, at, bytes, start, end);
    return true;
  }

  #done(decision: Decision, at: TextPlace, bytes: Uint8Array, start: number, end: number): Uint8Array | null {
    const { decided, whole } = decision;
    if (this.#books !== null) this.#books.ledger.note(this.#books.rule, this.#originOf(), { at, bytes, start, end }, decided);
    this.#annotations?.note(at, decision);
    if (whole === 'drop') this.#dropped();
    return whole === 'remove' ? nothing : decision.bytes;
  }
}
