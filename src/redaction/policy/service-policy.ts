// A policy for one service: what becomes of each text of its records.
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import type { RedactionAction, RedactionPlace } from '../../model/index.ts';
import type { Edit, Finding, MaskMode, Scanner } from '../types.ts';
import { isNameLike, type AllowLists } from './allow.ts';
import { foldKey } from './glob.ts';
import { KeyCache } from './key-cache.ts';
import { hashesAsWords, isMaskAlone } from './masked-alone.ts';
import { withoutOverlaps, type Item } from './overlaps.ts';
import { partsOf } from './sensitive-parts.ts';
import type { SensitiveTreatment } from './sensitive-keys.ts';
import type { Decision, ServicePolicy, TextPlace } from './types.ts';
import { allowListName, keyRuleName, sensitiveKeyName, ValuePlan, type CompiledEntry, type Verdict, type Whole } from './verdicts.ts';

/** What a policy is for one service, compiled. */
export interface ServiceParts {
  /** Null when the policy looks for nothing in texts. */
  readonly scanner: Scanner | null;
  readonly rewrite: Scanner['rewrite'];
  readonly entries: readonly CompiledEntry[];
  readonly allow: AllowLists | null;
  readonly sensitive: (key: string, path: string) => SensitiveTreatment | null;
  /** What is done to a finding that no entry is about; null when it is none of the policy's. */
  readonly fallback: (detector: string) => Verdict | null;
  /** Whether what is done depends on the value's key, and on the path to it. */
  readonly usesKeys: boolean;
  readonly usesPaths: boolean;
  /** The attribute goes with a finding that is removed; else only when nothing is left of it. */
  readonly removesAttributes: boolean;
  /** Names that stand before a hash as the redactor writes it. */
  readonly isName: (name: string) => boolean;
  /** Whether some detector takes whatever stands under the name. */
  readonly isSecretKey: (key: string) => boolean;
  /** A hash without a key is a mask. */
  readonly hasKey: () => boolean;
}

interface KeyPlans { readonly key: string; readonly own: ValuePlan; readonly byPath: Map<string, ValuePlan> }

/** Nested values that are remembered by their paths; past it all is worked out anew. */
const mostPaths = 8192;
const itemOf = ({ start, end, detector, confidence, keep }: Finding, { action, last }: Verdict): Item => ({ start, end, detector, confidence, keep, action, last });

/** Without `whole` what is found is decided one by one; where all is ignored, what no entry before is about is ignored too. */
function itemsOf(found: readonly Finding[], plan: ValuePlan): readonly Item[] {
  return found.flatMap((one) => {
    const verdict = plan.whole === null ? plan.of(one.detector) : plan.early(one.detector) ?? plan.whole;
    return verdict === null ? [] : [itemOf(one, verdict)];
  });
}

function editOf({ start, end, detector, keep, action, last }: Item): Edit {
  return { start, end, detector, keep, mode: action as MaskMode, ...(last !== undefined && { last }) };
}

/** Without a detector's judgement: the key alone says it. */
const keyConfidence = 0.9;
const noBytes = new Uint8Array(0);

export class CompiledServicePolicy implements ServicePolicy {
  readonly #parts: ServiceParts;
  readonly #byPlace = new Map<RedactionPlace, KeyCache<KeyPlans>>();
  #paths = 0;
  readonly #secretKeys = new KeyCache<boolean>();
  readonly #plans = new Map<RedactionPlace, ValuePlan>();

  constructor(parts: ServiceParts) { this.#parts = parts; }

  text(at: TextPlace, bytes: Uint8Array, start: number, end: number): Decision | null {
    const plan = this.#planOf(at);
    const whole = plan.unnamed !== null && !isNameLike(bytes, start, end) ? plan.unnamed : plan.whole;
    if (whole !== null && whole.action !== 'ignore') return this.#whole(at, plan, whole, bytes, start, end, plan.hasFindingEntries ? this.#find(at, bytes, start, end) : []);
    const found = this.#find(at, bytes, start, end);
    if (found.length === 0 && plan.sensitive === null) return null;
    return this.#decide(at, bytes, start, end, [...itemsOf(found, plan), ...this.#sensitiveItems(plan, bytes, start, end)]);
  }

  integer(at: TextPlace, value: number | bigint): Decision | null {
    const plan = this.#planOf(at);
    const found = this.#parts.scanner?.findInteger(value, at.keyBytes, at.keyStart, at.keyEnd) ?? null;
    if (found === null && plan.whole === null && plan.sensitive !== 'value') return null;
    const bytes = found?.bytes ?? encodeUtf8(String(value));
    const findings = found === null ? [] : this.#find(at, bytes, 0, bytes.length).filter((one) => one.start === 0 && one.end === bytes.length);
    if (plan.whole !== null && plan.whole.action !== 'ignore') return this.#whole(at, plan, plan.whole, bytes, 0, bytes.length, findings);
    return this.#decide(at, bytes, 0, bytes.length, [...itemsOf(findings, plan), ...(plan.sensitive === 'value' ? this.#sensitiveItems(plan, bytes, 0, bytes.length) : [])]);
  }

  isSecretKey(bytes: Uint8Array, start: number, end: number): boolean { return end > start && this.#secretKeys.get(bytes, start, end, this.#parts.isSecretKey); }

  key(at: TextPlace, bytes: Uint8Array, start: number, end: number): Decision | null {
    const found = this.#parts.scanner?.findEach(bytes, start, end, bytes, 0, 0) ?? [];
    if (found.length === 0) return null;
    const key = foldKey(decodeUtf8(bytes, start, end));
    const fitting = this.#parts.entries.filter(({ detectors, fits }) => detectors !== null && fits(at.place, key, key));
    const plan = new ValuePlan(fitting, null, null, this.#parts.fallback);
    return this.#decide(at, bytes, start, end, itemsOf(found, plan), true);
  }

  value(at: TextPlace): RedactionAction | null {
    if (!this.#parts.usesKeys) return null;
    const whole = this.#byKey(at);
    return whole === null || whole.action === 'ignore' ? null : this.#can(whole.action);
  }

  valueDetector(at: TextPlace): string { return this.#byKey(at)?.detector ?? keyRuleName; }

  #byKey(at: TextPlace): Whole | null {
    const plan = this.#planOf(at);
    if (plan.isContainer) return null;
    // Its text says whether it goes: all of it is one text then.
    if (plan.unnamed !== null) return plan.unnamed;
    if (plan.whole !== null || plan.sensitive !== 'value') return plan.whole;
    const verdict = plan.of(sensitiveKeyName);
    return verdict === null ? null : { ...verdict, detector: sensitiveKeyName };
  }

  #find(at: TextPlace, bytes: Uint8Array, start: number, end: number): readonly Finding[] {
    return this.#parts.scanner?.findEach(bytes, start, end, at.keyBytes, at.keyStart, at.keyEnd) ?? [];
  }

  /** All of the value goes, unless all that there is of it was decided by entries before and its key does not make it sensitive whatever it is;
   *  one of these may drop the record. */
  #whole(at: TextPlace, plan: ValuePlan, whole: Whole, bytes: Uint8Array, start: number, end: number, found: readonly Finding[]): Decision | null {
    const early = found.flatMap((one) => { const verdict = plan.early(one.detector); return verdict === null ? [] : [itemOf(one, verdict)]; });
    const isSensitive = plan.sensitive !== null && (plan.early(sensitiveKeyName) ?? whole).action !== 'ignore';
    const isDecided = !isSensitive && whole.detector !== allowListName && early.length === found.length && early.some((one) => one.start === start && one.end === end);
    if (isDecided) return this.#decide(at, bytes, start, end, early);
    if (whole.action !== 'remove' && whole.action !== 'drop' && (end === start || isMaskAlone(bytes, start, end, whole, this.#parts.isName))) return null;
    return this.#decide(at, bytes, start, end, [{ start, end, confidence: 1, keep: 0, ...whole }, ...early.filter(({ action }) => action === 'drop')]);
  }

  #sensitiveItems(plan: ValuePlan, bytes: Uint8Array, start: number, end: number): readonly Item[] {
    const verdict = plan.sensitive === null ? null : plan.whole === null ? plan.of(sensitiveKeyName) : plan.early(sensitiveKeyName) ?? plan.whole;
    if (verdict === null) return [];
    const { isName } = this.#parts;
    // What `partial` left of all of it may look like several parts.
    if (isMaskAlone(bytes, start, end, verdict, isName)) return [];
    return partsOf[plan.sensitive!](hashesAsWords(bytes, start, end, isName), start, end).filter((part) => !isMaskAlone(bytes, part.start, part.end, verdict, isName))
      .map((part) => ({ ...part, ...verdict, detector: sensitiveKeyName, confidence: keyConfidence, keep: 0 }));
  }

  #can(action: RedactionAction): RedactionAction { return action === 'hash' && !this.#parts.hasKey() ? 'mask' : action; }

  #decide(at: TextPlace, bytes: Uint8Array, start: number, end: number, items: readonly Item[], isKey = false): Decision | null {
    if (items.length === 0) return null;
    const left = withoutOverlaps(items);
    const decided = left.map(({ start: from, end: to, detector, confidence, action }) => ({ start: from, end: to, detector, confidence, action: this.#can(action) }));
    if (decided.some(({ action }) => action === 'drop')) return { bytes: null, whole: 'drop', decided };
    const edits = left.filter(({ action }) => action !== 'ignore').map(editOf);
    if (edits.length === 0) return { bytes: null, whole: 'keep', decided };
    const rewritten = this.#rewrite(bytes, start, end, edits);
    const takesAlong = rewritten.length === 0 || (this.#parts.removesAttributes && (isKey || at.keyEnd > at.keyStart) && edits.some(({ mode }) => mode === 'remove'));
    return { bytes: rewritten, whole: takesAlong ? 'remove' : 'keep', decided };
  }

  #rewrite(bytes: Uint8Array, start: number, end: number, edits: readonly Edit[]): Uint8Array {
    const only = edits[0]!;
    return only.mode === 'remove' && only.start === start && only.end === end ? noBytes : this.#parts.rewrite(bytes, start, end, edits);
  }

  #planOf(at: TextPlace): ValuePlan {
    const { place } = at;
    const { usesKeys, usesPaths } = this.#parts;
    if (!usesKeys) return this.#keyless(place);
    let keys = this.#byPlace.get(place);
    if (keys === undefined) this.#byPlace.set(place, keys = new KeyCache());
    const plans = keys.get(at.keyBytes, at.keyStart, at.keyEnd, (key) => this.#plansFor(place, foldKey(key)));
    return usesPaths ? this.#byPath(plans, place, foldKey(at.path())) : plans.own;
  }

  /** Where keys decide nothing, one plan per place is for all of them. */
  #keyless(place: RedactionPlace): ValuePlan {
    let plan = this.#plans.get(place);
    if (plan === undefined) this.#plans.set(place, plan = this.#make(place, '', ''));
    return plan;
  }

  #plansFor(place: RedactionPlace, key: string): KeyPlans { return { key, own: this.#make(place, key, key), byPath: new Map() }; }

  #byPath({ key, own, byPath }: KeyPlans, place: RedactionPlace, path: string): ValuePlan {
    if (path === key || path === '') return own;
    const known = byPath.get(path);
    if (known !== undefined) return known;
    const plan = this.#make(place, key, path);
    if (++this.#paths > mostPaths) { this.#byPlace.clear(); this.#paths = 0; }
    byPath.set(path, plan);
    return plan;
  }

  /** The first entry about the whole value decides it; without one the allow-lists do. Entries before it are about findings. */
  #make(place: RedactionPlace, key: string, path: string): ValuePlan {
    const { entries, allow, sensitive, fallback } = this.#parts;
    const fitting = entries.filter(({ fits }) => fits(place, key, path));
    const at = fitting.findIndex(({ detectors }) => detectors === null);
    const early = (at < 0 ? fitting : fitting.slice(0, at)).filter(({ detectors }) => detectors !== null);
    if (at >= 0) return new ValuePlan(early, { ...fitting[at]!.verdict, detector: keyRuleName }, sensitive(key, path), fallback);
    const listed = allow?.actionFor(place, key, path) ?? null;
    const byList = (action: RedactionAction | null): Whole | null => (action === null ? null : { action, last: undefined, detector: allowListName });
    return new ValuePlan(early, byList(listed?.action ?? null), sensitive(key, path), fallback, listed?.allowed === 'container', byList(listed?.unnamed ?? null));
  }
}
