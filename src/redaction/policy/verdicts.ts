// What is done to one place's findings and to a value as a whole: the entries that fit, the allow-lists and the sensitive keys,
// worked out once for each key and kept.
import type { RedactionAction, RedactionPlace } from '../../model/index.ts';
import type { SensitiveTreatment } from './sensitive-keys.ts';

export { allowListName, keyRuleName, sensitiveKeyName } from '../names-beside-detectors.ts';

/** An action, and the characters that `partial` leaves. */
export interface Verdict { readonly action: RedactionAction; readonly last: number | undefined }

/** An entry as it is compiled: `detectors` null when it is about the whole value, `*` among them means all. */
export interface CompiledEntry {
  readonly fits: (place: RedactionPlace, key: string, path: string) => boolean;
  readonly detectors: ReadonlySet<string> | null;
  readonly verdict: Verdict;
}

export interface Whole extends Verdict { readonly detector: string }

/** Everything that is known of a value before its text is looked at. */
export class ValuePlan {
  /** What becomes of all of it; null when only what is found in it counts. */
  readonly whole: Whole | null;
  readonly sensitive: SensitiveTreatment | null;
  /** What becomes of all of it when it does not look like a name. */
  readonly unnamed: Whole | null;
  /** A map is left to what is in it, although a text would go by `whole`. */
  readonly isContainer: boolean;
  /** Whether the entries before `whole` are about findings: else its text need not be looked at. */
  readonly hasFindingEntries: boolean;
  readonly #entries: readonly CompiledEntry[];
  readonly #fallback: (detector: string) => Verdict | null;
  readonly #known = new Map<string, Verdict | null>();

  /** `entries`: those that fit and are about findings, in order, up to the one that is about the whole. */
  constructor(entries: readonly CompiledEntry[], whole: Whole | null, sensitive: SensitiveTreatment | null, fallback: (detector: string) => Verdict | null, isContainer = false, unnamed: Whole | null = null) {
    this.unnamed = unnamed;
    this.isContainer = isContainer;
    this.#entries = entries;
    this.hasFindingEntries = entries.length > 0;
    this.whole = whole;
    this.sensitive = sensitive;
    this.#fallback = fallback;
  }

  /** What is done to a finding; null when the policy does not look for it here. */
  of(detector: string): Verdict | null {
    const known = this.#known.get(detector);
    if (known !== undefined) return known;
    const verdict = this.early(detector) ?? this.#fallback(detector);
    this.#known.set(detector, verdict);
    return verdict;
  }

  /** What an entry before `whole` says of the finding; null when none is about it. */
  early(detector: string): Verdict | null {
    return this.#entries.find(({ detectors }) => detectors!.has(detector) || detectors!.has('*'))?.verdict ?? null;
  }
}
