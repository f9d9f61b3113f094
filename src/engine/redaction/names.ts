// Names that come from data, as they may be told: a service, an event name or an attribute key can hold a secret itself. Each
// goes through every policy of its service, as the text that stands where it was read, and through every detector, before anybody
// hears it. What a policy hides whole is told as bullets.
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import type { RedactionPlace, Signal } from '../../model/index.ts';
import type { DurableIdSource } from '../../otlp/index.ts';
import { bullets, createScanner, type CompiledPolicy, type Decided, type Decision, type Scanner, type TextPlace } from '../../redaction/index.ts';

/** Longer names are cut. */
const mostCharacters = 200;
/** Names that are remembered until `forget`. */
const mostRemembered = 2000;
const noKey = new Uint8Array(0);
const placeOf = (place: RedactionPlace, key: string, path: string): TextPlace => ({ place, keyBytes: encodeUtf8(key), keyStart: 0, keyEnd: key.length, path: () => path });

/** Where a name was read. `key`: it is one, or a service's: what a policy hides for its key or place does not hide these. */
export type NamedBy = 'key' | 'body' | 'eventName' | 'spanName' | 'metricName' | 'file';
const places: Readonly<Record<Exclude<NamedBy, 'key'>, readonly TextPlace[]>> = {
  body: [placeOf('body', '', 'body')], eventName: [placeOf('name', '', 'eventName')], spanName: [placeOf('name', '', 'name')], metricName: [placeOf('name', '', 'name')],
  file: ['code.file.path', 'code.filepath'].map((key) => placeOf('attribute', key, key)),
};
const nowhere: TextPlace = { place: 'name', keyBytes: noKey, keyStart: 0, keyEnd: 0, path: () => '' };

/** Where a durable id was read; one that is missing is made of the body. */
export const namedBy: Readonly<Record<DurableIdSource, NamedBy>> = { 'event-name': 'eventName', 'code-location': 'file', template: 'body', 'span-name': 'spanName', 'metric-name': 'metricName', none: 'body' };

export interface WatchedPolicy { readonly policy: CompiledPolicy; /** It knows more than the detectors do. */ readonly hasPatterns: boolean; readonly signals: readonly Signal[] }

export class Names {
  #scanner: Scanner | null = null;
  #watched: readonly WatchedPolicy[] = [];
  #policies: readonly CompiledPolicy[] = [];
  #withPatterns: readonly CompiledPolicy[] = [];
  /** By service, signal and where it was read; then by name. */
  readonly #known = new Map<string, Map<string, string>>();
  #remembered = 0;

  /** All policies that are deployed, those in shadow too: what they would hide is nothing to be told either. */
  watch(policies: readonly WatchedPolicy[]): void {
    this.#watched = policies;
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
  clean(name: string, service: string, by: NamedBy = 'key', signal: Signal = 'logs'): string {
    if (name === '') return '';
    const kind = `${by} ${signal} ${service}`;
    const before = this.#known.get(kind)?.get(name);
    if (before !== undefined) return before;
    const cleaned = this.#safely(name, service, by, signal);
    if (++this.#remembered > mostRemembered) this.forget();
    const ofKind = this.#known.get(kind);
    if (ofKind === undefined) this.#known.set(kind, new Map([[name, cleaned]]));
    else ofKind.set(name, cleaned);
    return cleaned;
  }

  forget(): void {
    this.#known.clear();
    this.#remembered = 0;
  }

  /** What nobody could look at is not told. */
  #safely(name: string, service: string, by: NamedBy, signal: Signal): string {
    try {
      return this.#clean(name, service, by, signal);
    } catch {
      return bullets;
    }
  }

  #clean(name: string, service: string, by: NamedBy, signal: Signal): string {
    let text = name;
    if (by === 'key') for (const policy of this.#withPatterns) text = applied((bytes) => policy.forService(service)?.key(nowhere, bytes, 0, bytes.length), text);
    else for (const { policy, signals } of this.#watched) if (signals.includes(signal)) for (const at of places[by]) text = applied((bytes) => policy.forService(service)?.text(at, bytes, 0, bytes.length), text);
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
function applied(judge: (bytes: Uint8Array) => Decision | null | undefined, text: string): string {
  const bytes = encodeUtf8(text);
  const decided = judge(bytes)?.decided ?? [];
  let left = '';
  let from = 0;
  for (const { start, end } of decided) {
    left += decodeUtf8(bytes, from, start) + bullets;
    from = end;
  }
  return from === 0 ? text : left + decodeUtf8(bytes, from, bytes.length);
}
