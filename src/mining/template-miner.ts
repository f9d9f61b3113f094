// The template miner: which statement a log line comes from, learnt online and in bounded memory. Nearly every line ends at the first
// of two steps: its normal form, made in one pass, is found in a cache. What is not there is taken apart and learnt (`learn/`).
import { longestForm, NormalForm } from './form/normal-form.ts';
import { FormCache } from './form-cache.ts';
import { idLanes, Key64 } from './hash.ts';
import { Learner } from './learn/learner.ts';
import { parametersOf } from './parameters.ts';
import { bookVersion, type BookEntry, type TemplateBook } from './template-book.ts';
import { formOf, textOf } from './template-text.ts';

export interface MinerOptions {
  /** Live templates. Past half of it a new one must be met again to be let in, and no scope takes more than half; lines of further ones are folded into one template and counted. 100,000 without it. */
  readonly maxTemplates?: number;
  /** Bytes that templates and what is learnt may take, estimated from above. 64 MiB without it. */
  readonly maxBytes?: number;
}

export interface TemplateDescription {
  readonly id: string;
  /** `<*>` stands for a value. */
  readonly template: string;
  /** Ids that led here before the template was generalised, here or elsewhere; sorted. */
  readonly aliases: readonly string[];
  readonly scope: number;
}

export interface MinerStats {
  readonly lines: number;
  readonly templates: number;
  /** Held, the cache included. */
  readonly bytes: number;
  /** Lines that went to the overflow template because a bound was reached. */
  readonly folded: number;
  /** Templates that were forgotten to make room. */
  readonly forgotten: number;
}

/** A template met so often is worth telling others. */
const repeated = 2;
/** One that somebody asked for by its id stays. */
const askedFor = 3;
const countMask = 3;
const periodShift = 2;
const periods = 1 << 14;
/** After so many periods in which it was not met, a template may be forgotten that was met once, and one that was met more often. */
const onceOld = 2;
const repeatedOld = 144;
const defaultTemplates = 100_000;
const defaultBytes = 64 * 1024 * 1024;

export class TemplateMiner {
  readonly #learner: Learner;
  readonly #form = new NormalForm();
  readonly #cache = new FormCache();
  readonly #key = new Key64();
  readonly #overflow: number;
  /** How often each ordinal's line was met, up to `repeated`, and in which period last. */
  #seen = new Uint16Array(256);
  #period = 0;
  /** Of what was met often enough, in this period. */
  #stamp = repeated;
  #forgotten = 0;
  #lines = 0;
  #folded = 0;

  constructor({ maxTemplates = defaultTemplates, maxBytes = defaultBytes }: MinerOptions = {}) {
    this.#learner = new Learner({ maxTemplates: Math.max(2, maxTemplates), maxBytes });
    this.#overflow = this.#learner.templates.add(formOf('<*>'), 1, 0);
  }

  /** Learns the UTF-8 text in bytes[start, end) and returns the ordinal of its template. `scope`: 32 bits, 0 for none; equal texts of
   *  different scopes are different templates. An ordinal keeps its meaning until `makeRoom` gives it up; `current` says what a generalised one became. */
  mine(bytes: Uint8Array, start: number, end: number, scope = 0): number {
    const form = this.#form;
    form.read(bytes, start, end);
    this.#lines++;
    const key = this.#key;
    form.keyInto(key, scope);
    const { high, low } = key;
    const cached = this.#cache.get(high, low);
    if (cached >= 0) return this.#counted(this.#learner.templates.current(cached));
    return this.#counted(this.#learn(high, low, scope));
  }

  #learn(high: number, low: number, scope: number): number {
    const { out, length } = this.#form;
    const found = this.#learner.admits(out, length, scope) ? this.#learner.learn(out, length, scope) : -1;
    if (found < 0) return this.#overflow;
    this.#cache.set(high, low, found);
    return found;
  }

  #counted(ordinal: number): number {
    if (ordinal === this.#overflow) this.#folded++;
    else if (this.#seen[ordinal] !== this.#stamp) this.#see(ordinal, 1);
    return ordinal;
  }

  #see(ordinal: number, times: number): void {
    if (ordinal >= this.#seen.length) {
      const larger = new Uint16Array(Math.max(ordinal + 1, this.#seen.length * 2));
      larger.set(this.#seen);
      this.#seen = larger;
    }
    const before = this.#seen[ordinal]! & countMask;
    this.#seen[ordinal] = this.#period << periodShift | (before === askedFor || times === askedFor ? askedFor : Math.min(repeated, before + times));
  }

  /** The ordinal of a text's template as far as it is known, without learning; -1 when it is not. */
  look(bytes: Uint8Array, start: number, end: number, scope = 0): number {
    this.#form.read(bytes, start, end);
    return this.#learner.find(this.#form.out, this.#form.length, scope);
  }

  /** The texts that stand at the wildcards of a line's template, in order; of a list all of it. Null when the line's template is not
   *  known, or is the overflow's. Learns nothing. */
  parameters(bytes: Uint8Array, start: number, end: number, scope = 0): readonly string[] | null {
    const ordinal = this.look(bytes, start, end, scope);
    return ordinal < 0 || ordinal === this.#overflow ? null : parametersOf(bytes, this.#form, this.#learner.templates.form(ordinal));
  }

  /** The live ordinal that an ordinal stands for today. */
  current(ordinal: number): number { return this.#learner.templates.current(ordinal); }

  /** Of the live template that the ordinal stands for. Throws RangeError for an ordinal that stands for none. */
  describe(ordinal: number): TemplateDescription {
    const { templates } = this.#learner;
    const live = templates.current(this.#checked(ordinal));
    return { id: templates.id(live), template: textOf(templates.form(live)), aliases: templates.aliases(live), scope: templates.scope(live) };
  }

  /** The hash of the live template's id, as rule indexes hash event names: 32 bits, never 0. */
  hash(ordinal: number): number {
    const { templates } = this.#learner;
    return templates.hash(templates.current(this.#checked(ordinal)));
  }

  #checked(ordinal: number): number {
    if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal >= this.#learner.templates.size || this.#learner.templates.isForgotten(ordinal)) throw new RangeError(`No template has the ordinal ${ordinal}.`);
    return ordinal;
  }

  /** The live ordinal of the template with that id or alias; -1 when it is unknown. */
  find(id: string): number {
    const lanes = idLanes(id);
    const ordinal = lanes === null ? -1 : this.#learner.templates.byId(lanes.high, lanes.low);
    if (ordinal < 0) return -1;
    const live = this.current(ordinal);
    this.#see(live, askedFor);
    return live;
  }

  /** Another period begins: what is met from now on was met in it. Whoever calls says how long one is. */
  turn(): void {
    this.#period = (this.#period + 1) % periods;
    this.#stamp = this.#period << periodShift | repeated;
  }

  /** Forgets up to `most` templates that were met once, or long ago, and taught nothing, when room grows short; those that somebody found by their id stay. A
   *  line of theirs that comes again gets the id that it had. The ordinals returned stand for nothing, and may stand for something else from now on. */
  makeRoom(most: number): readonly number[] {
    const forgotten = this.#learner.forget(most, (ordinal) => this.#isOld(ordinal));
    if (forgotten.length === 0) return forgotten;
    for (const ordinal of forgotten) this.#seen[ordinal] = 0;
    this.#cache.forget((ordinal) => this.#learner.templates.isForgotten(ordinal));
    this.#forgotten += forgotten.length;
    return forgotten;
  }

  #isOld(ordinal: number): boolean {
    const seen = this.#seen[ordinal] ?? 0;
    const count = seen & countMask;
    const age = (this.#period - (seen >> periodShift) + periods) % periods;
    return ordinal !== this.#overflow && count !== askedFor && age >= (count === repeated ? repeatedOld : onceOld);
  }

  /** What is known, to be kept or sent: not what was met once and taught nothing, for its id needs no book. Sorted by id, so that equal knowledge is an equal book. */
  book(): TemplateBook {
    const { templates } = this.#learner;
    const live = Array.from({ length: templates.size }, (_, ordinal) => ordinal).filter((ordinal) => ordinal !== this.#overflow && templates.isLive(ordinal));
    const byId = live.map((ordinal) => ({ id: templates.id(ordinal), ordinal })).sort((a, b) => (a.id < b.id ? -1 : 1));
    return { version: bookVersion, templates: byId.flatMap(({ ordinal }) => this.#told(ordinal)), passed: this.#passed() };
  }

  #passed(): readonly BookEntry[] {
    const all = Array.from(this.#learner.passed(), ({ form, scope, varying }) => ({ template: textOf(form), ...(scope !== 0 && { scope }), varying }));
    return all.sort((a, b) => (a.template < b.template ? -1 : 1));
  }

  /** Of what is known, that by which lines get these ids, or get the ids that these became: for a miner that has to name them from the first line on. */
  partOf(ids: readonly string[]): TemplateBook {
    const wanted = new Set(ids.map((id) => this.find(id)).filter((ordinal) => ordinal >= 0 && ordinal !== this.#overflow));
    const passed = wanted.size === 0 ? [] : this.#passed().filter(({ template, scope = 0 }) => { const form = formOf(template); return wanted.has(this.#learner.find(form, form.length, scope | 0)); });
    return { version: bookVersion, templates: [...wanted].map((ordinal) => this.#entry(ordinal)).sort((a, b) => (a.template < b.template ? -1 : 1)), passed };
  }

  #told(ordinal: number): readonly BookEntry[] {
    const entry = this.#entry(ordinal);
    return (this.#seen[ordinal]! & countMask) >= repeated || entry.varying !== undefined || entry.aliases !== undefined ? [entry] : [];
  }

  #entry(ordinal: number): BookEntry {
    const { template, scope, aliases } = this.describe(ordinal);
    const varying = this.#learner.varying(ordinal);
    return { template, ...(scope !== 0 && { scope }), ...(varying.length > 0 && { varying }), ...(aliases.length > 0 && { aliases }) };
  }

  /** Takes over what another miner, or this one in an earlier run, knew. Entries past the bounds are passed over; returns how many. */
  learn(book: TemplateBook): number {
    let tooMany = 0;
    for (const { template, scope = 0, varying = [] } of book.passed) {
      const form = formOf(template);
      if (form.length > longestForm || !this.#learner.takePassed(form, form.length, scope | 0, varying)) tooMany++;
    }
    for (const entry of book.templates) if (!this.#take(entry)) tooMany++;
    return tooMany;
  }

  #take({ template, scope = 0, varying = [], aliases = [] }: BookEntry): boolean {
    const form = formOf(template);
    if (form.length > longestForm) return false;
    const { templates } = this.#learner;
    const own = templates.idOf(form, form.length, scope | 0);
    const [high, low] = [own.high, own.low];
    const ordinal = this.#learner.take(form, form.length, scope | 0, varying);
    if (ordinal < 0) return false;
    this.#see(ordinal, repeated);
    this.#alias(high, low, ordinal);
    for (const alias of aliases) {
      const lanes = idLanes(alias);
      if (lanes !== null) this.#alias(lanes.high, lanes.low, ordinal);
    }
    return true;
  }

  #alias(high: number, low: number, ordinal: number): void {
    const { templates } = this.#learner;
    const known = templates.byId(high, low);
    if (known < 0) templates.addAlias(high, low, templates.current(ordinal));
  }

  stats(): MinerStats {
    return { lines: this.#lines, templates: this.#learner.templates.live, bytes: this.#learner.bytes + this.#cache.bytes + this.#seen.byteLength, folded: this.#folded, forgotten: this.#forgotten };
  }
}
