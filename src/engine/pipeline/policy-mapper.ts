// A policy put to the texts of one record, or of what surrounds records: what it decides is done, noted in the ledger, and
// remembered for the record's `redaction.*` attributes.
import { encodeUtf8 } from '../../base/index.ts';
import type { TextMapper, TextPlace } from '../../otlp/index.ts';
import type { Decision, ServicePolicy, TextPlace as PolicyPlace } from '../../redaction/index.ts';
import type { Ledger, Origin, RuleName } from '../redaction/index.ts';
import type { Annotations } from './annotations.ts';

const nothing = new Uint8Array(0);

/** Where a rule's findings go; null for a rule in shadow, which tells nobody. */
export interface Books { readonly ledger: Ledger; readonly rule: RuleName }

export class PolicyMapper implements TextMapper {
  readonly #books: Books | null;
  readonly #annotations: Annotations | null;
  #policy: ServicePolicy | null = null;
  #again = false;
  readonly #secret = new UnderSecret();
  #originOf: () => Origin = () => { throw new Error('No record is in hand.'); };
  #dropped: () => void = () => { /* nothing to drop */ };

  constructor(books: Books | null, annotations: Annotations | null) {
    this.#books = books;
    this.#annotations = annotations;
  }

  /** From now on by this policy. `originOf` is asked when something is found, `dropped` is told when the policy drops. `again`: what it
   *  leaves in clear was told before. */
  begin(policy: ServicePolicy, originOf: () => Origin, dropped: () => void, again: boolean): void {
    this.#policy = policy;
    this.#originOf = originOf;
    this.#dropped = dropped;
    this.#again = again;
  }

  value(at: TextPlace): 'whole' | null { return this.#policy!.value(at) === null ? null : 'whole'; }

  isSecret(bytes: Uint8Array, start: number, end: number): boolean { return this.#policy!.isSecretKey(bytes, start, end); }

  text(at: TextPlace, bytes: Uint8Array, start: number, end: number): Uint8Array | null {
    const decision = this.#decide(at, start, end, (place) => this.#policy!.text(place, bytes, start, end));
    return decision === null ? null : this.#done(decision, at, bytes, start, end);
  }

  key(at: TextPlace, bytes: Uint8Array, start: number, end: number): Uint8Array | null {
    const decision = this.#policy!.key(at, bytes, start, end);
    return decision === null ? null : this.#done(decision, at, bytes, start, end);
  }

  integer(at: TextPlace, value: number | bigint): Uint8Array | null {
    const decision = this.#policy!.integer(at, value) ?? (hasSecret(at) ? this.#policy!.integer(this.#secret.of(at), value) : null);
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

  /** Under its own name, and where that does not hide all of it, under the secret's name above it. */
  #decide(at: TextPlace, start: number, end: number, by: (place: PolicyPlace) => Decision | null): Decision | null {
    const own = by(at);
    if (!hasSecret(at) || (own !== null && isAll(own, start, end))) return own;
    return by(this.#secret.of(at)) ?? own;
  }

  #done(decision: Decision, at: TextPlace, bytes: Uint8Array, start: number, end: number): Uint8Array | null {
    const { decided, whole } = decision;
    if (this.#again && whole === 'keep' && decision.bytes === null) return null;
    if (this.#books !== null) this.#books.ledger.note(this.#books.rule, this.#originOf(), { at, bytes, start, end }, this.#again ? decided.filter(({ action }) => action !== 'ignore') : decided);
    this.#annotations?.note(at, decision);
    if (whole === 'drop') this.#dropped();
    return whole === 'remove' ? nothing : decision.bytes;
  }
}

const hasSecret = (at: TextPlace): boolean => at.secretEnd > at.secretStart;
const isAll = ({ whole, decided }: Decision, start: number, end: number): boolean => whole !== 'keep' || decided.some((one) => one.start === start && one.end === end);

/** The place of a text as if the secret's name above it were its own; one object, reused. */
class UnderSecret {
  #at: TextPlace | null = null;
  place: TextPlace['place'] = 'other';
  keyBytes: Uint8Array = nothing;
  keyStart = 0;
  keyEnd = 0;

  of(at: TextPlace): this {
    this.#at = at;
    this.place = at.place;
    this.keyBytes = at.secretBytes;
    this.keyStart = at.secretStart;
    this.keyEnd = at.secretEnd;
    return this;
  }

  path(): string { return this.#at!.path(); }
}
