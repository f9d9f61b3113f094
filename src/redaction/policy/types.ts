// A compiled policy: what happens to each text of each record. The redact sink of a KQL rule is a policy too, of one default.
import type { RedactionAction, RedactionPlace } from '../../model/index.ts';

/** Where the text in hand stands; one object, reused: read it at once. */
export interface TextPlace {
  readonly place: RedactionPlace;
  /** The name of the value that holds the text, keyBytes[keyStart, keyEnd); of no length when it has none. */
  readonly keyBytes: Uint8Array;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** Dotted path from the attribute's key (or `body`) to the value: made on demand, for nested values only longer than the key. */
  path(): string;
}

/** One thing that was found and what is done to it: [start, end) in the bytes that were handed in (of an integer, in its decimal text). */
export interface Decided {
  readonly start: number;
  readonly end: number;
  readonly detector: string;
  readonly confidence: number;
  readonly action: RedactionAction;
}

/** What becomes of one text. */
export interface Decision {
  /** The text as it is now; null leaves it as it was (everything found is ignored). */
  readonly bytes: Uint8Array | null;
  /** `remove` takes the attribute that holds the text along, `drop` the record. */
  readonly whole: 'keep' | 'remove' | 'drop';
  /** In order, none overlapping; ignored findings are among them. */
  readonly decided: readonly Decided[];
}

export interface ServicePolicy {
  /** UTF-8 text bytes[start, end). Null: nothing is found and nothing is done. */
  text(at: TextPlace, bytes: Uint8Array, start: number, end: number): Decision | null;
  /** A whole number (a card's, or one under a secret's name), as text. */
  integer(at: TextPlace, value: number | bigint): Decision | null;
  /** Whether a name says that all below it is secret: the name that bytes[start, end) is of a list or map, or of a command's argument. */
  isSecretKey(bytes: Uint8Array, start: number, end: number): boolean;
  /** The key of an attribute: a key may hold a secret itself. */
  key(at: TextPlace, bytes: Uint8Array, start: number, end: number): Decision | null;
  /** What becomes of a value by its key alone, before its text is looked at: for values that are no text too (booleans, numbers,
   *  lists, maps). Fail-closed allow-lists and sensitive keys answer here. Null: look at its text, or at what is in it. Texts and
   *  whole numbers need not be asked about: `text` and `integer` say the same of them, and what stands there now. */
  value(at: TextPlace): Decided['action'] | null;
  /** The name under which `value`'s answer is noted: `key-rule`, `allow-list` or `sensitive-key`. */
  valueDetector(at: TextPlace): string;
}

export interface CompiledPolicy {
  readonly annotate: 'silent' | 'info' | 'debug';
  /** The service's part of it, kept for the next record; null when the policy leaves the service alone. `also`: other names that the
   *  same resource gives itself: what leaves something in clear for a service must be for all of them, what hides for one. */
  forService(service: string, also?: readonly string[]): ServicePolicy | null;
}
