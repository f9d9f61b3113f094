// Names that come from data, as they may be told: a service, an event name or an attribute key can hold a secret itself. Each
// goes through every policy that has own patterns, and through every detector, before anybody hears it.
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import type { TextPlace } from '../../otlp/index.ts';
import { bullets, createScanner, type CompiledPolicy, type Decided, type Scanner } from '../../redaction/index.ts';

/** Longer names are cut. */
const mostCharacters = 200;
/** Names that are remembered until `forget`. */
const mostRemembered = 2000;
const noKey = new Uint8Array(0);
/** A name is looked at as one that stands nowhere in particular, so that entries about keys do not hide it. */
const nowhere: TextPlace = { place: 'name', keyBytes: noKey, keyStart: 0, keyEnd: 0, path: () => '' };

export interface WatchedPolicy { readonly policy: CompiledPolicy; /** It knows more than the detectors do. */ readonly hasPatterns: boolean }

export class Names {
  #scanner: Scanner | null = null;
  #policies: readonly CompiledPolicy[] = [];
  #withPatterns: readonly CompiledPolicy[] = [];
  /** By service and name. */
  readonly #known = new Map<string, Map<string, string>>();
  #remembered = 0;

  /** All policies that are deployed, those in shadow too: what they would hide is nothing to be told either. */
  watch(policies: readonly WatchedPolicy[]): void {
    this.#policies = policies.map(({ policy }) => policy);
    this.#withPatterns = policies.filter(({ hasPatterns }) => hasPatterns).map(({ policy }) => policy);
    this.forget();
  }

  /** Every detector there is; made when first needed. */
  get scanner(): Scanner {
    if (this.#scanner !== null) return this.#scanner;
    const made = createScanner(['*']);
    if (!made.ok) throw new Error(made.error.message);
    return (this.#scanner = made.value);
  }

  /** The name as it may be told, of a record of `service` (as it came). */
  clean(name: string, service: string): string {
    if (name === '') return '';
    const before = this.#known.get(service)?.get(name);
    if (before !== undefined) return before;
    const cleaned = this.#safely(name, service);
    if (++this.#remembered > mostRemembered) this.forget();
    const ofService = this.#known.get(service);
    if (ofService === undefined) this.#known.set(service, new Map([[name, cleaned]]));
    else ofService.set(name, cleaned);
    return cleaned;
  }

  forget(): void {
    this.#known.clear();
    this.#remembered = 0;
  }

  /** What nobody could look at is not told. */
  #safely(name: string, service: string): string {
    try {
      return this.#clean(name, service);
    } catch {
      return bullets;
    }
  }

  #clean(name: string, service: string): string {
    let text = name;
    for (const policy of this.#withPatterns) text = applied(policy, service, text);
    const masked = this.scanner.redactText(text, 'mask')?.text ?? text;
    return masked.length <= mostCharacters ? masked : `${masked.slice(0, mostCharacters - 1).toWellFormed()}…`;
  }

  /** How often `findings` goes through a text. */
  get passes(): number { return this.#policies.length + 1; }

  /** Everything that some policy decides about in the text, and everything that any detector finds in it. */
  findings(at: TextPlace, bytes: Uint8Array, start: number, end: number, service: string): readonly Pick<Decided, 'start' | 'end'>[] {
    const found = this.#policies.flatMap((policy) => policy.forService(service)?.text(at, bytes, start, end)?.decided ?? []);
    return [...found, ...this.scanner.find(bytes, start, end, at.keyBytes, at.keyStart, at.keyEnd)];
  }
}

/** Everything masked that the policy decides about: what it lets pass elsewhere is nothing for an audit either. */
function applied(policy: CompiledPolicy, service: string, text: string): string {
  const bytes = encodeUtf8(text);
  const decided = policy.forService(service)?.text(nowhere, bytes, 0, bytes.length)?.decided ?? [];
  let left = '';
  let from = 0;
  for (const { start, end } of decided) {
    left += decodeUtf8(bytes, from, start) + bullets;
    from = end;
  }
  return from === 0 ? text : left + decodeUtf8(bytes, from, bytes.length);
}
