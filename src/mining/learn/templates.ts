// The templates found: form, scope, id, and what became of each. An ordinal stands for one text until that is forgotten; when a template
// is generalised, the general one is an ordinal of its own, the old one leads to it, and its id becomes an alias. Leading only ever goes
// to newer knowledge, so there are no circles.
import { Hash64, hashOfText, idText } from '../hash.ts';
import { HashTable } from '../hash-table.ts';

/** In the place of what an ordinal leads to. */
const forgotten = -1;
/** A string, its array slots and its table entries, beside the text itself. */
const bytesEach = 96;

export class Templates {
  readonly #forms: string[] = [];
  readonly #scopes: number[] = [];
  readonly #hashes: number[] = [];
  readonly #high: number[] = [];
  readonly #low: number[] = [];
  /** What each leads to, itself where it is live; and the next of its group, -1 at the end. */
  readonly #leads: number[] = [];
  readonly #nextOfGroup: number[] = [];
  /** Ordinals that lead to each, where there are any; ids learnt from others that no ordinal has. */
  readonly #aliases = new Map<number, number[]>();
  readonly #byId = new HashTable();
  readonly #hash = new Hash64();
  /** How many live ones each scope has. */
  readonly #liveOf = new Map<number, number>();
  /** Ordinals that were forgotten, to be given out again. */
  readonly #free: number[] = [];
  #textBytes = 0;
  #live = 0;

  /** All ordinals are below it. */
  get size(): number { return this.#forms.length; }
  /** Ordinals that stand for something, live or not. */
  get used(): number { return this.#forms.length - this.#free.length; }
  get live(): number { return this.#live; }
  liveOf(scope: number): number { return this.#liveOf.get(scope) ?? 0; }
  get bytes(): number { return this.#byId.bytes + this.#textBytes + this.#forms.length * bytesEach; }
  /** Of these, what is free to be used again. */
  get spareBytes(): number { return this.#free.length * bytesEach; }

  /** One byte a character; the wildcard is `\x01`. */
  form(ordinal: number): string { return this.#forms[ordinal]!; }
  scope(ordinal: number): number { return this.#scopes[ordinal]!; }
  hash(ordinal: number): number { return this.#hashes[ordinal]!; }
  id(ordinal: number): string { return idText(this.#high[ordinal]!, this.#low[ordinal]!); }
  nextOfGroup(ordinal: number): number { return this.#nextOfGroup[ordinal]!; }
  setNextOfGroup(ordinal: number, next: number): void { this.#nextOfGroup[ordinal] = next; }
  isLive(ordinal: number): boolean { return this.#leads[ordinal] === ordinal; }
  isForgotten(ordinal: number): boolean { return this.#leads[ordinal] === forgotten; }
  hasAliases(ordinal: number): boolean { return this.#aliases.has(ordinal); }

  /** The live ordinal that an ordinal stands for today. */
  current(ordinal: number): number {
    let at = ordinal;
    while (this.#leads[at] !== at) at = this.#leads[at]!;
    for (let i = ordinal; this.#leads[i] !== at;) { const next = this.#leads[i]!; this.#leads[i] = at; i = next; }
    return at;
  }

  /** The ordinal that bears an id, leading somewhere or not; -1 when none does. */
  byId(high: number, low: number): number { return this.#byId.get(high, low); }

  /** The lanes of the id of a form: of scope and form alone. */
  idOf(form: Uint8Array, length: number, scope: number): Hash64 {
    this.#hash.begin(scope);
    this.#hash.add(form, 0, length);
    this.#hash.finish();
    return this.#hash;
  }

  /** The ordinal of a form, new or as it was. */
  add(form: Uint8Array, length: number, scope: number): number {
    const { high, low } = this.idOf(form, length, scope);
    const known = this.#byId.get(high, low);
    if (known >= 0) return known;
    this.#textBytes += length;
    this.#addLive(scope, 1);
    return this.#push(high, low, binary(form, length), scope);
  }

  /** An id that others know a live template by; nothing when it is known here already. Its text is gone. */
  addAlias(high: number, low: number, into: number): boolean {
    if (this.#byId.get(high, low) >= 0) return false;
    this.#addLive(this.#scopes[into]!, 1);
    this.lead(this.#push(high, low, '', this.#scopes[into]!), into);
    return true;
  }

  #addLive(scope: number, count: number): void {
    this.#live += count;
    const ofScope = this.liveOf(scope) + count;
    if (ofScope === 0) this.#liveOf.delete(scope);
    else this.#liveOf.set(scope, ofScope);
  }

  #push(high: number, low: number, form: string, scope: number): number {
    const ordinal = this.#free.pop() ?? this.#forms.length;
    this.#byId.set(high, low, ordinal);
    this.#forms[ordinal] = form;
    this.#scopes[ordinal] = scope;
    this.#high[ordinal] = high;
    this.#low[ordinal] = low;
    this.#hashes[ordinal] = hashOfText(idText(high, low));
    this.#leads[ordinal] = ordinal;
    this.#nextOfGroup[ordinal] = -1;
    return ordinal;
  }

  /** Forgets a live one without aliases; its ordinal may stand for another from now on. */
  forget(ordinal: number): void {
    this.#byId.delete(this.#high[ordinal]!, this.#low[ordinal]!);
    this.#textBytes -= this.#forms[ordinal]!.length;
    this.#forms[ordinal] = '';
    this.#leads[ordinal] = forgotten;
    this.#addLive(this.#scopes[ordinal]!, -1);
    this.#free.push(ordinal);
  }

  /** From now on `from` stands for `into`, which is live. */
  lead(from: number, into: number): void {
    this.#leads[from] = into;
    this.#addLive(this.#scopes[from]!, -1);
    const list = this.#aliases.get(into) ?? [];
    list.push(from, ...(this.#aliases.get(from) ?? []));
    this.#aliases.delete(from);
    this.#aliases.set(into, list);
  }

  /** Ids that lead to a live ordinal, sorted. */
  aliases(ordinal: number): readonly string[] {
    return (this.#aliases.get(ordinal) ?? []).map((one) => this.id(one)).sort();
  }
}

/** One character a byte. */
export function binary(form: Uint8Array, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 4096) text += String.fromCharCode(...form.subarray(i, Math.min(length, i + 4096)));
  return text;
}
