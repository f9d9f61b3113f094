// From normal forms to templates. A form's skeleton names its group; the group's slots that are known to vary become wildcards, and
// what is left is the template. When a slot turns out to vary, the templates of its group are made anew, those of sibling groups give
// way, and whatever now is one template leads to it. Which slots vary depends on the set of words seen and on nothing else, so any
// order of lines, and any exchange between miners, ends in the same templates.
import { wild } from '../form/byte-class.ts';
import { mostForm } from '../form/form-builder.ts';
import { Admission, sightingsNeeded } from './admission.ts';
import { Groups } from './groups.ts';
import { Siblings } from './siblings.ts';
import { Skeleton } from './skeleton.ts';
import { binary, Templates } from './templates.ts';

interface Bounds { readonly maxTemplates: number; readonly maxBytes: number }

const formOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

interface Unseen { readonly form: Uint8Array; readonly scope: number; readonly slot: number }

/** The share of the room that one scope may take; lines of no scope may take all. */
const mostOfScope = 0.5;
/** The share that is anybody's: only when it is taken is anything forgotten. */
const roomForAll = 0.5;
/** Groups that are looked at in one go, to find some that can be forgotten. */
const mostLooked = 4096;

/** A template is never longer than its form, nor a form than this. */
const buffer = mostForm + 1024;

export class Learner {
  readonly templates = new Templates();
  readonly groups = new Groups();
  readonly siblings = new Siblings();
  readonly #bounds: Bounds;
  #admission: Admission | null = null;
  readonly #skeleton = new Skeleton();
  readonly #other = new Skeleton();
  /** The form that is being learnt, and room for one made of it. */
  readonly #form = new Uint8Array(buffer);
  readonly #made = new Uint8Array(buffer);
  #length = 0;
  /** Slots that vary since, whose consequences are to be drawn: group and slot in turn. */
  #news: number[] = [];
  /** Skeletons of which no form was seen, one slot of which varies. */
  #unseen: Unseen[] = [];
  /** Groups of which several words gave way. */
  #joint: number[] = [];
  /** Of each group a form of its skeleton, and its scope. */
  readonly #samples: string[] = [];
  readonly #scopes: number[] = [];
  #settling = false;
  /** The group that was looked at last, to see whether it can be forgotten. */
  #hand = -1;

  constructor(bounds: Bounds) { this.#bounds = bounds; }

  /** Of the bytes, what is taken; the rest was forgotten and can be used again. */
  get #takenBytes(): number { return this.bytes - this.templates.spareBytes - this.groups.spareBytes - this.siblings.spareBytes; }

  get bytes(): number { return this.templates.bytes + this.groups.bytes + this.siblings.bytes + this.#samples.length * 24 + (this.#admission === null ? 0 : Admission.bytes); }

  /** The live ordinal of the template of form[0, length), learnt; -1 when it is new and the bounds are reached. */
  learn(form: Uint8Array, length: number, scope: number): number {
    this.#load(form, length);
    for (;;) {
      const group = this.#groupOf(scope);
      if (group < 0) return -1;
      if (this.#unseen.length + this.#joint.length > 0 && !this.#settling) { this.#settleKeeping(); continue; }
      // A group that gave way goes on learning: what varies in it matters to its own siblings.
      const changed = this.#isFull() ? null : this.groups.learn(group, this.#skeleton, this.siblings);
      for (const slot of changed ?? []) this.#news.push(group, slot);
      // Made anew inside a settling, the outer one draws the consequences.
      if (changed !== null && !this.#settling) { this.#settleKeeping(); continue; }
      if (this.siblings.given(group) === 0) return this.#ordinalOf(scope, group);
      this.#giveWay(group);
    }
  }

  /** Whether a form may be learnt now: while there is room, yes; then what is known, and what was met often enough, unless its scope
   *  has its share. Counts the meeting. */
  admits(form: Uint8Array, length: number, scope: number): boolean {
    const needed = sightingsNeeded(this.#fillOf());
    if (needed === 1 || this.find(form, length, scope) >= 0) return true;
    if (scope !== 0 && this.templates.liveOf(scope) >= this.#bounds.maxTemplates * mostOfScope) return false;
    this.#skeleton.read(form, length, scope);
    const isJudged = this.#skeleton.isJudged;
    // Values that never repeat have one skeleton; where nothing stays, each line stands for itself.
    if (isJudged && this.groups.find(this.#skeleton) >= 0) return true;
    const { high, low } = isJudged ? this.#skeleton.hash : this.templates.idOf(form, length, scope);
    return (this.#admission ??= new Admission()).meet(high, low) >= needed;
  }

  /** How much of the room is taken, in [0, 1]. */
  #fillOf(): number {
    const { maxTemplates, maxBytes } = this.#bounds;
    return Math.min(1, Math.max(this.templates.live / maxTemplates, this.templates.used / maxTemplates / 2, this.#takenBytes / maxBytes));
  }

  /** Takes over which slots of a template's skeleton vary, and learns it. The live ordinal; -1 when there is no room. */
  take(form: Uint8Array, length: number, scope: number, varying: readonly number[]): number {
    this.#load(form, length);
    const group = this.#groupOf(scope);
    if (group < 0) return -1;
    const { slots } = this.#skeleton;
    for (const slot of varying) if (slot < slots && this.groups.makeVariable(group, slot)) this.#news.push(group, slot);
    this.#settle();
    return this.learn(form, length, scope);
  }

  /** The slots of a live template that vary. */
  varying(ordinal: number): readonly number[] {
    const form = this.#formOf(ordinal);
    this.#other.read(form, form.length, this.templates.scope(ordinal));
    const group = this.groups.find(this.#other);
    if (group < 0) return [];
    return this.groups.varying(group);
  }

  /** Skeletons with slots that vary and no template left: a form of each, its scope and the slots. Lines still come by them. */
  * passed(): Generator<{ readonly form: string; readonly scope: number; readonly varying: readonly number[] }> {
    for (let group = 0; group < this.#samples.length; group++) {
      const form = this.#samples[group]!;
      if (this.groups.newestTemplate(group) >= 0) continue;
      const varying = this.groups.varying(group);
      if (varying.length > 0) yield { form, scope: this.#scopes[group]!, varying };
    }
  }

  /** Takes over which slots of a skeleton vary, of which there is no template. */
  takePassed(form: Uint8Array, length: number, scope: number, varying: readonly number[]): boolean {
    this.#load(form, length);
    const group = this.#groupOf(scope);
    if (group < 0) return false;
    const { slots } = this.#skeleton;
    for (const slot of varying) if (slot < slots) this.#vary(group, slot);
    this.#settle();
    return true;
  }

  /** The live ordinal of a form without learning it; -1 when it is unknown. */
  find(form: Uint8Array, length: number, scope: number): number {
    this.#load(form, length);
    for (;;) {
      this.#skeleton.read(this.#form, this.#length, scope);
      const group = this.groups.find(this.#skeleton);
      if (group < 0) return -1;
      if (this.siblings.given(group) === 0) return this.#known(scope, this.#fill(group));
      this.#giveWay(group);
    }
  }

  /** Forgets up to `most` groups whose templates are all old by `isOld`, taught nothing and lead nowhere, while there is need: half of the room is taken, or
   *  half of what the template's scope may have. All is then as though their lines had never been: met again, they get the ids that they had. The ordinals forgotten. */
  forget(most: number, isOld: (ordinal: number) => boolean): number[] {
    const forgotten: number[] = [];
    const isNeeded = this.#fillOf() >= roomForAll;
    for (let looked = 0, left = most; looked < mostLooked && left > 0 && looked < this.#samples.length; looked++) {
      const group = this.#hand = (this.#hand + 1) % this.#samples.length;
      if (this.#samples[group] === '' || this.groups.hasVarying(group) || !(isNeeded || this.#isCrowded(this.#scopes[group]!))) continue;
      const ordinals = this.#ordinalsOf(group);
      if (!ordinals.every((ordinal) => this.templates.isLive(ordinal) && !this.templates.hasAliases(ordinal) && isOld(ordinal)) || !this.#unlink(group)) continue;
      left--;
      this.groups.forget(group);
      this.siblings.forget(group);
      this.#samples[group] = '';
      for (const ordinal of ordinals) { this.templates.forget(ordinal); forgotten.push(ordinal); }
    }
    return forgotten;
  }

  #isCrowded(scope: number): boolean { return scope !== 0 && this.templates.liveOf(scope) >= this.#bounds.maxTemplates * mostOfScope * roomForAll; }

  /** Takes the group out of its siblings' lists; false, and nothing is done, where that takes long. */
  #unlink(group: number): boolean {
    const form = formOf(this.#samples[group]!);
    this.#load(form, form.length);
    this.#skeleton.read(this.#form, this.#length, this.#scopes[group]!);
    const links: { readonly high: number; readonly low: number; readonly slot: number; readonly soft: number; readonly weight: number }[] = [];
    for (let soft = 0; soft < this.#skeleton.soft; soft++) {
      this.#other.read(this.#made, this.#blanked(1 << soft), this.#scopes[group]!);
      if (!this.#other.isJudged) continue;
      const slot = this.#skeleton.softSlot[soft]!;
      const { high, low } = this.#other.hash;
      if (!this.siblings.isNear(high, low, slot, group, soft)) return false;
      links.push({ high, low, slot, soft, weight: this.#skeleton.softWeight[soft]! });
    }
    for (const { high, low, slot, soft, weight } of links) this.siblings.unlink(high, low, slot, group, soft, weight);
    return true;
  }

  /** Of the templates of a group, the newest first. */
  #ordinalsOf(group: number): number[] {
    const ordinals: number[] = [];
    for (let ordinal = this.groups.newestTemplate(group); ordinal >= 0; ordinal = this.templates.nextOfGroup(ordinal)) ordinals.push(ordinal);
    return ordinals;
  }

  #load(form: Uint8Array, length: number): void {
    this.#form.set(form.subarray(0, length));
    this.#length = length;
  }

  #isFull(): boolean {
    const { maxTemplates, maxBytes } = this.#bounds;
    return this.templates.live >= maxTemplates || this.templates.used >= maxTemplates * 2 || this.#takenBytes >= maxBytes;
  }

  /** The group of the loaded form, whose skeleton is read; a new one knows its siblings. -1 when there is no room. */
  #groupOf(scope: number): number {
    this.#skeleton.read(this.#form, this.#length, scope);
    const known = this.groups.find(this.#skeleton);
    if (known >= 0 || this.#isFull()) return known;
    const group = this.groups.add(this.#skeleton);
    this.#scopes[group] = scope;
    this.#samples[group] = binary(this.#form, this.#length);
    for (let soft = 0; soft < this.#skeleton.soft; soft++) this.#linkSibling(group, soft, scope);
    return group;
  }

  /** Looks at the skeleton that has a slot where the loaded form's has the soft word. */
  #linkSibling(group: number, soft: number, scope: number): void {
    const other = this.#other;
    other.read(this.#made, this.#blanked(1 << soft), scope);
    if (!other.isJudged) return;
    const slot = this.#skeleton.softSlot[soft]!;
    const { high, low } = other.hash;
    this.siblings.link(high, low, slot, group, soft, this.#skeleton.softWeight[soft]!);
    const sibling = this.groups.find(other);
    if (sibling >= 0 && this.groups.isVariable(sibling, slot)) this.#give(group, soft);
    else if (this.siblings.weight(high, low, slot) + (sibling < 0 ? 0 : this.groups.weight(sibling, slot)) >= other.need[slot]!) this.#unseen.push({ form: this.#made.slice(0, this.#blanked(1 << soft)), scope, slot });
  }

  /** A soft word of the group gives way; whether it was news. Words that gave way for different siblings vary together. */
  #give(group: number, soft: number): boolean {
    const before = this.siblings.given(group);
    if (!this.siblings.give(group, soft)) return false;
    if (before !== 0) this.#joint.push(group);
    return true;
  }

  /** Writes the loaded form with wildcards in the place of soft words; the length. */
  #blanked(bits: number): number {
    const { soft, softStart, softEnd } = this.#skeleton;
    let to = 0;
    let from = 0;
    for (let i = 0; i < soft; i++) {
      if ((bits & 1 << i) === 0) continue;
      while (from < softStart[i]!) this.#made[to++] = this.#form[from++]!;
      this.#made[to++] = wild;
      from = softEnd[i]!;
    }
    while (from < this.#length) this.#made[to++] = this.#form[from++]!;
    return to;
  }

  /** The loaded form becomes one of the sibling that its group gave way to. */
  #giveWay(group: number): void {
    const bits = this.siblings.given(group);
    this.#load(this.#made, this.#blanked(bits));
  }

  #known(scope: number, size: number): number {
    const { high, low } = this.templates.idOf(this.#made, size, scope);
    const ordinal = this.templates.byId(high, low);
    return ordinal < 0 ? -1 : this.templates.current(ordinal);
  }

  #ordinalOf(scope: number, group: number): number {
    const size = this.#fill(group);
    const known = this.#known(scope, size);
    if (known >= 0 || this.#isFull()) return known;
    const ordinal = this.templates.add(this.#made, size, scope);
    // The same text once in memory.
    this.#samples[group] = this.templates.form(ordinal);
    this.#intoGroup(ordinal, group);
    return ordinal;
  }

  #intoGroup(ordinal: number, group: number): void {
    this.templates.setNextOfGroup(ordinal, this.groups.newestTemplate(group));
    this.groups.setNewestTemplate(group, ordinal);
  }

  /** Writes the loaded form with a wildcard in each slot that varies; the length. */
  #fill(group: number): number {
    const { slots, start, end } = this.#skeleton;
    const [form, out] = [this.#form, this.#made];
    let to = 0;
    let from = 0;
    for (let slot = 0; slot < slots; slot++) {
      if (!this.groups.isVariable(group, slot)) continue;
      while (from < start[slot]!) out[to++] = form[from++]!;
      out[to++] = wild;
      from = end[slot]!;
    }
    while (from < this.#length) out[to++] = form[from++]!;
    return to;
  }

  #formOf(ordinal: number): Uint8Array { return formOf(this.templates.form(ordinal)); }

  #settleKeeping(): void {
    const kept = this.#form.slice(0, this.#length);
    this.#settle();
    this.#load(kept, kept.length);
  }

  /** Draws the consequences of slots that vary, until there are none. Each slot varies once and each word gives way once. */
  #settle(): void {
    this.#settling = true;
    do {
      for (const unseen of this.#unseen.splice(0)) this.#see(unseen);
      for (const group of this.#joint.splice(0)) this.#joinGiven(group);
      for (let at = 0; at < this.#news.length; at += 2) this.#settleSlot(this.#news[at]!, this.#news[at + 1]!);
      this.#news = [];
    } while (this.#unseen.length + this.#joint.length > 0);
    this.#settling = false;
  }

  #see({ form, scope, slot }: Unseen): void {
    this.#load(form, form.length);
    const group = this.#groupOf(scope);
    if (group < 0) return;
    this.#vary(group, slot);
  }

  /** Where several words of a skeleton gave way, each for a sibling of its own, all of their places vary. */
  #joinGiven(group: number): void {
    const form = formOf(this.#samples[group]!);
    const scope = this.#scopes[group]!;
    this.#load(form, form.length);
    this.#skeleton.read(this.#form, this.#length, scope);
    const bits = this.siblings.given(group);
    const slots: number[] = [];
    for (let i = 0; i < this.#skeleton.soft; i++) if ((bits & 1 << i) !== 0) slots.push(this.#skeleton.softSlot[i]! + slots.length);
    const made = this.#made.slice(0, this.#blanked(bits));
    for (const slot of slots) this.#see({ form: made, scope, slot });
  }

  #settleSlot(group: number, slot: number): void {
    if (this.siblings.given(group) !== 0) this.#carryOver(group);
    this.#remake(group);
    const giving: number[] = [];
    this.siblings.each(this.groups.high(group), this.groups.low(group), slot, (sibling, soft) => { if (this.#give(sibling, soft)) giving.push(sibling); });
    for (const sibling of giving) this.#move(sibling);
  }

  /** Makes the templates of a group anew; those that become others lead there. */
  #remake(group: number): void {
    const ordinals = this.#ordinalsOf(group);
    this.groups.setNewestTemplate(group, -1);
    for (const ordinal of ordinals) {
      if (!this.templates.isLive(ordinal)) continue;
      const form = this.#formOf(ordinal);
      const into = this.learn(form, form.length, this.templates.scope(ordinal));
      if (into === ordinal || into < 0) this.#intoGroup(ordinal, group);
      else this.templates.lead(ordinal, into);
    }
  }

  /** A group gives way to its sibling: what varied in it varies there, and its templates move. */
  #move(group: number): void {
    this.#carryOver(group);
    this.#remake(group);
  }

  #carryOver(group: number): void {
    const form = formOf(this.#samples[group]!);
    const scope = this.#scopes[group]!;
    this.#load(form, form.length);
    this.#skeleton.read(this.#form, this.#length, scope);
    const bits = this.siblings.given(group);
    const slots = this.groups.varying(group).map((slot) => slot + this.#givenBefore(bits, slot));
    this.#giveWay(group);
    const into = this.#groupOf(scope);
    if (into < 0) return;
    for (const slot of slots) this.#vary(into, slot);
  }

  #vary(group: number, slot: number): void {
    if (this.groups.makeVariable(group, slot)) this.#news.push(group, slot);
  }

  /** How many words that gave way stand before a slot. */
  #givenBefore(bits: number, slot: number): number {
    let count = 0;
    for (let i = 0; i < this.#skeleton.soft; i++) if ((bits & 1 << i) !== 0 && this.#skeleton.softSlot[i]! <= slot) count++;
    return count;
  }
}
