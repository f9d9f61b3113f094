// A normal form taken apart: its skeleton, which nothing that is learnt ever changes, and its slots, the places whose words may turn
// out to be values. Two lines of one statement have one skeleton; what is learnt of a skeleton is which of its slots vary. A word of
// the language, a keyword in capitals, a key (`uid=`) and punctuation belong to the skeleton; a word that could be a name is a slot,
// and so is a value, for a number, a mask or a name may stand in one place.
import { classes, isAlnum, isDigit, letter, wild } from '../form/byte-class.ts';
import { isMethod } from '../form/requests.ts';
import { isTelling } from '../form/text-keys.ts';
import { Hash64 } from '../hash.ts';
import { cueOf, isFunctionWord, isPreposition, nounness } from './vocabulary.ts';
import { allCapitals, isWordByte, shapeOf } from './word-shape.ts';

const mostSlots = 24;
const mostSoft = 10;
/** What a slot's distinct words must weigh together before it counts as variable. */
const usual = 12;
const afterCue = 6;
const firstWord = 30;
/** Routes are few, and tell statements apart: some forty of one method are still no values. */
const routeOfRequest = 240;
const fewWords = 15;
const signsPerWord = 4;
/** No words weigh that much: where nothing stays, no slot varies by evidence. */
export const unreachable = 0x7fffffff;
/** What one word weighs: a noun of the language, a plain one or one with a digit (`eth0`), an identifier, one with slashes or several dots, a value with a
 *  prefix (`rdd_<*>`, `core<*>`), a bare value beside words. */
const nounWeight = 2;
const plainWeight = 3;
const identifierWeight = 4;
const pathWeight = 6;
const dottedWeight = 6;
const prefixedWeight = 6;
const gluedWeight = 9;
const wildWeight = 9;

/** The first byte of Unicode's punctuation, and how many there are: no word begins or ends within a character. */
const unicodeSign = 0xe2, unicodeSignBytes = 3;
const colon = 0x3a, equals = 0x3d, open = 0x28, quote = 0x22, apostrophe = 0x27, blank = 0x20, dot = 0x2e, hyphen = 0x2d, slash = 0x2f;

export class Skeleton {
  readonly hash = new Hash64();
  slots = 0;
  /** Of each slot: its place in the form, the hash of its word (0 of a bare wildcard), what the word weighs and what is needed. */
  readonly start = new Int32Array(mostSlots);
  readonly end = new Int32Array(mostSlots);
  readonly word = new Int32Array(mostSlots);
  readonly weight = new Int32Array(mostSlots);
  readonly need = new Int32Array(mostSlots);
  /** Words of the skeleton that would be values if their place turned out to vary: where they stand, and how many slots before them. */
  soft = 0;
  readonly softStart = new Int32Array(mostSoft);
  readonly softEnd = new Int32Array(mostSoft);
  readonly softSlot = new Int32Array(mostSoft);
  readonly softWeight = new Int32Array(mostSoft);
  #form: Uint8Array = new Uint8Array(0);
  #length = 0;
  #hardWords = 0;
  #signs = 0;
  #previousStart = 0;
  #previousEnd = 0;

  /** Takes apart form[0, length). */
  read(form: Uint8Array, length: number, scope: number): void {
    this.#form = form;
    this.#length = length;
    this.slots = 0;
    this.soft = 0;
    this.#hardWords = 0;
    this.#signs = 0;
    this.#previousEnd = 0;
    this.hash.begin(scope);
    for (let i = 0, word = 0; i < length;) {
      const end = this.#wordEnd(i);
      if (end === i) {
        if (form[i] !== blank) this.#signs++;
        const next = i + (form[i] === unicodeSign ? unicodeSignBytes : 1);
        this.hash.add(form, i, next);
        i = next;
        continue;
      }
      this.#word(i, end, word++);
      i = end;
    }
    this.hash.finish();
    this.#raise();
  }

  /** The end of the word at `i`, without the punctuation of a sentence; `i` when none begins there. */
  #wordEnd(i: number): number {
    let end = i;
    while (end < this.#length && isWordByte(this.#form[end]!)) end++;
    while (end > i && (this.#form[end - 1] === dot || this.#form[end - 1] === hyphen)) end--;
    return end;
  }

  #word(start: number, end: number, index: number): void {
    const isSlot = this.slots < mostSlots && this.#isSlot(start, end);
    const before = this.slots;
    if (isSlot) this.#slot(start, end, index);
    else {
      this.hash.add(this.#form, start, end);
      if (index > 0 && this.soft < mostSoft && this.#isSoft(start, end)) this.#addSoft(start, end);
      else if (end - start > 1 && isAlnum(this.#form[start])) this.#hardWords++;
    }
    this.#previousStart = start;
    // A word that may turn out to be a value announces nothing.
    this.#previousEnd = this.slots > before ? 0 : end;
  }

  #isSlot(start: number, end: number): boolean {
    const form = this.#form;
    const cue = this.#cue(start);
    if (this.#isKey(start, end, cue) || this.#followsScope(start)) return false;
    if (end - start === 1 && form[start] === wild) return true;
    if (end - start < 2) return false;
    if (hasWild(form, start, end)) return true;
    if (cue === 'name') return !isPreposition(form, start, end);
    if (this.#isOfKey(start, end)) return !isTelling(form, start);
    if (allCapitals(form, start, end) || isTelling(form, start)) return false;
    const shape = shapeOf(form, start, end);
    return shape === 'plain' || (shape === 'identifier' && (form[end] !== open || end >= this.#length || has(form, start, end, dot)));
  }

  /** One word behind `=`, or in quotes behind a key of JSON: a value, whatever it reads like. */
  #isOfKey(start: number, end: number): boolean {
    const form = this.#form;
    if (start < 2) return false;
    if (form[start - 1] === equals) return isAlnum(form[start - 2]) && form[end] !== open;
    return form[start - 1] === quote && form[start - 2] === colon && form[start - 3] === quote && end < this.#length && form[end] === quote;
  }

  /** A noun of the language that is no key, no value that tells, and announces no name. */
  #isSoft(start: number, end: number): boolean {
    const form = this.#form;
    if (end - start < 2 || this.#isKey(start, end, null) || this.#followsScope(start) || (form[end] === open && end < this.#length)) return false;
    return isAlnum(form[start]) && !isFunctionWord(form, start, end) && cueOf(form, start, end) === null && nounness(form, start, end) !== 'no' && !isTelling(form, start);
  }

  #addSoft(start: number, end: number): void {
    this.softStart[this.soft] = start;
    this.softEnd[this.soft] = end;
    this.softWeight[this.soft] = nounness(this.#form, start, end) === 'noun' ? nounWeight : 0;
    this.softSlot[this.soft++] = this.slots;
  }

  /** Words that stay whatever is learnt; punctuation says something about the statement as well. */
  get #staying(): number { return this.#hardWords + Math.floor(this.#signs / signsPerWord); }

  /** Whether anything stays, so that slots can be judged at all. */
  get isJudged(): boolean { return this.#staying > 0; }

  /** `key=`, `key:`, `"key":`; a dotted name before a colon is one of many. */
  #isKey(start: number, end: number, cue: 'name' | 'for' | null): boolean {
    const next = this.#form[end];
    if (end >= this.#length) return false;
    if (next === equals || (next === colon && this.#form[start - 1] !== equals && cue !== 'name' && dots(this.#form, start, end) < 2)) return true;
    return (next === quote || next === apostrophe) && this.#form[end + 1] === colon && end + 1 < this.#length && this.#opensMember(start - 2);
  }

  /** Whether the quote before a key of JSON stands behind a brace or comma. */
  #opensMember(at: number): boolean {
    const byte = this.#form[at] === blank ? this.#form[at - 1] : this.#form[at];
    return byte === 0x7b || byte === 0x2c;
  }

  /** `Class::method`. */
  #followsScope(start: number): boolean { return start > 1 && this.#form[start - 1] === colon && this.#form[start - 2] === colon; }

  /** What the word before says, when nothing but a blank or a quote stands between. */
  #cue(start: number): 'name' | 'for' | null {
    const end = this.#previousEnd;
    if (end === 0 || this.#form[end] !== blank || start - end > 2) return null;
    if (start - end === 2 && this.#form[end + 1] !== quote && this.#form[end + 1] !== apostrophe) return null;
    return cueOf(this.#form, this.#previousStart, end);
  }

  #slot(start: number, end: number, index: number): void {
    const at = this.slots++;
    const form = this.#form;
    const bare = end - start === 1 && form[start] === wild;
    const cue = this.#cue(start);
    this.start[at] = start;
    this.end[at] = end;
    this.word[at] = bare ? 0 : wordHash(form, start, end);
    this.weight[at] = bare ? wildWeight : this.#weightOf(start, end, index);
    this.need[at] = cue !== null || (this.#isOfKey(start, end) && form[end] === quote) ? afterCue : index === 0 ? firstWord : index === 1 && isMethod(form, start) ? routeOfRequest : usual;
    this.hash.addWord(0x5107);
  }

  #weightOf(start: number, end: number, index: number): number {
    const form = this.#form;
    if (hasWild(form, start, end)) return form[end - 1] === wild && isLetters(form, start, end - 1) ? gluedWeight : prefixedWeight;
    if (has(form, start, end, slash)) return pathWeight;
    if (dots(form, start, end) >= 2 && (index > 0 || form[end] === colon) && !allCapitals(form, lastDot(form, start, end) + 1, end)) return dottedWeight;
    const shape = shapeOf(form, start, isDigit(form[end - 1]) ? end - 1 : end);
    return shape === 'identifier' ? identifierWeight : plainWeight;
  }

  /** With hardly a word that stays, more must be seen. What stays does not change when a soft word gives way. */
  #raise(): void {
    const staying = this.#staying;
    if (staying >= 2) return;
    for (let i = 0; i < this.slots; i++) this.need[i] = staying === 1 ? Math.max(fewWords, this.need[i]!) : unreachable;
  }
}

function has(form: Uint8Array, from: number, to: number, byte: number): boolean {
  for (let i = from; i < to; i++) if (form[i] === byte) return true;
  return false;
}

const hasWild = (form: Uint8Array, from: number, to: number): boolean => has(form, from, to, wild);

function isLetters(form: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (classes[form[i]!] !== letter) return false;
  return true;
}

function dots(form: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (form[i] === dot) count++;
  return count;
}

function lastDot(form: Uint8Array, from: number, to: number): number {
  let at = to - 1;
  while (at > from && form[at] !== dot) at--;
  return at;
}

/** Never 0. */
function wordHash(form: Uint8Array, from: number, to: number): number {
  let hash = 0x9e3779b9 | 0;
  for (let i = from; i < to; i++) {
    hash = Math.imul(hash ^ form[i]!, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash | 1;
}
