// What a hit captured, with secrets and personal data masked before it goes anywhere: into a record, a report or onto a terminal. Always on,
// whatever rules run. Names count as in records: all below a secret's name is hidden. The detector of user names goes by the name
// alone, so it would hide the very variable that somebody asked for by it; that one is left to the machine's redaction rules.
import type { Hit, Origin } from '../contract.ts';
import { bullets, createScanner, KeyRing, sinkPolicy, type Scanner } from '../../../redaction/index.ts';

const byNameOfPerson = 'user-name';
/** Values are bounded by who captured them; deeper than this is nobody's. */
const mostDepth = 16;
const mostNameLength = 100;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export interface ValueRedactor {
  text(text: string, key?: string): string;
  /** `origins`: what a secret's name led to is hidden, whatever it is called now. */
  values(values: Readonly<Record<string, unknown>>, origins?: Hit['origins']): Record<string, Json>;
}

/** Throws when the detectors cannot be built, which would be a bug of theirs. */
export function valueRedactor(): ValueRedactor {
  const all = createScanner(['*']);
  if (!all.ok) throw new Error(all.error.message);
  const names = all.value.detectors.filter((name) => name !== byNameOfPerson);
  const [scanner, policy] = [createScanner(names), sinkPolicy(names, 'mask', { keys: new KeyRing() })];
  if (!scanner.ok || !policy.ok) throw new Error('The detectors cannot be built.');
  const service = policy.value.forService('');
  return new Redactor(scanner.value, (key) => { const bytes = Buffer.from(key); return service?.isSecretKey(bytes, 0, bytes.length) ?? false; });
}

class Redactor implements ValueRedactor {
  readonly #scanner: Scanner;
  readonly #isSecret: (key: string) => boolean;

  constructor(scanner: Scanner, isSecret: (key: string) => boolean) {
    this.#scanner = scanner;
    this.#isSecret = isSecret;
  }

  text(text: string, key?: string): string { return this.#scanner.redactText(text, 'mask', key)?.text ?? text; }

  values(values: Readonly<Record<string, unknown>>, origins: Hit['origins'] = {}): Record<string, Json> { return this.#each(values, origins, 0); }

  #each(values: Readonly<Record<string, unknown>>, origins: Readonly<Record<string, Origin>>, depth: number): Record<string, Json> {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => {
      const origin = Object.hasOwn(origins, key) ? origins[key] : undefined;
      return [this.text(key), origin === undefined ? this.#value(value, key, depth) : this.#read(value, key, origin, depth)];
    }));
  }

  #read(value: unknown, key: string, { names, parts }: Origin, depth: number): Json {
    if (value === null || value === undefined) return null;
    if (depth >= mostDepth || names.some((name) => this.#isSecret(name))) return bullets;
    if (parts === null || this.#isSecret(key)) return this.#value(value, key, depth);
    return typeof value === 'object' && !Array.isArray(value) ? this.#each(value as Record<string, unknown>, parts, depth + 1) : bullets;
  }

  #value(value: unknown, key: string, depth: number): Json {
    if (value === null || value === undefined) return null;
    if (typeof value === 'string') return this.text(value, key);
    if (typeof value === 'number' || typeof value === 'bigint') return this.#number(value, key);
    if (typeof value === 'boolean') return this.#isSecret(key) ? bullets : value;
    if (typeof value !== 'object') return String(value);
    if (depth >= mostDepth || this.#isSecret(key)) return bullets;
    if (Array.isArray(value)) return value.map((one, at) => (this.#isNamedSecret(value[at - 1]) ? bullets : this.#value(one, key, depth + 1)));
    return this.#object(value as Record<string, unknown>, depth);
  }

  /** A pair (`['authorization', …]`), or a list of names and values in turn, as rawHeaders of Node are. */
  #isNamedSecret(before: unknown): boolean { return typeof before === 'string' && before.length <= mostNameLength && this.#isSecret(before); }

  /** `{name: 'password', value: …}` says it beside the value. */
  #object(value: Record<string, unknown>, depth: number): Json {
    const beside = ['name', 'key', 'Name', 'Key'].map((name) => value[name]).find((name) => typeof name === 'string');
    const isSecretPair = beside !== undefined && this.#isSecret(beside as string);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [this.text(key), isSecretPair && inner !== beside ? bullets : this.#value(inner, key, depth + 1)]));
  }

  #number(value: number | bigint, key: string): Json {
    const bytes = Buffer.from(key);
    const masked = this.#scanner.redactInteger(value, 'mask', bytes, 0, bytes.length);
    if (masked !== null) return Buffer.from(masked).toString();
    return typeof value === 'bigint' && !Number.isSafeInteger(Number(value)) ? String(value) : Number(value);
  }
}
