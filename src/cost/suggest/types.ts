// What suggestions are made of.
import type { PriceTable, Suggestion, SuggestionKind } from '../../model/index.ts';
import type { MeasuredEvent, Rate } from '../measured-event.ts';
import type { Expected, PredictionBasis } from '../measured/index.ts';
import type { MonthlyRate } from '../prices/index.ts';
import type { Scope } from './scope.ts';

/** A rule as it would be written: the rest of its document is what documents have by default. */
export interface SuggestedRule { readonly name: string; readonly description: string; readonly kql: string }

/** What a rule does to the wire, per second. */
export interface Effect {
  /** Records that it takes away, and all bytes that go with them or out of others; bytes that it adds to records are taken off. */
  readonly removed: Rate & { /** Of metrics: series that end. */ readonly series?: number };
  /** What it makes itself: data points, first ones of equal records. */
  readonly made: readonly MonthlyRate[];
}

/** What a kind says of an event; ids, money and names are added by `suggest`. */
export interface Idea {
  readonly kind: SuggestionKind;
  readonly title: string;
  /** Key of the field that it is about, as it is told. */
  readonly field: string | null;
  readonly effect: Effect;
  /** By how much one record that the rule changes gets shorter (below 0: longer), bytes. */
  readonly shorterBytes: number;
  readonly because: readonly string[];
  readonly lost: readonly string[];
  readonly risk: number;
  readonly description: string;
  /** The rule's text after the lines that choose the records. */
  readonly tail: readonly string[];
  /** Further conditions on the records. */
  readonly where: readonly string[];
}

/** What a rule that was deployed does already. */
export interface DeployedSaving { readonly signal: MeasuredEvent['signal']; readonly service: string; readonly id: string; readonly kind: SuggestionKind | null; readonly field: string | null }

export interface SuggestOptions {
  /** Rules that save something already: nothing is suggested twice. */
  readonly deployed?: readonly DeployedSaving[];
  /** What nobody read is suggested to go for that only if it is unread since before this time (ISO 8601). */
  readonly unreadBefore?: string;
  /** Records a second that a sampler leaves at the least. */
  readonly keepPerSecond?: number;
  /** Suggestions that save less than this share of the whole are left out. */
  readonly leastShare?: number;
  readonly limit?: number;
}

/** An event as a kind looks at it. */
export interface Subject {
  readonly event: MeasuredEvent;
  /** What leaves of it, per second. */
  readonly left: Rate;
  /** The part that a rule may take away. */
  readonly scope: Scope;
  readonly prices: PriceTable;
  readonly keepPerSecond: number;
}

export type Kind = (subject: Subject) => readonly Idea[];

/** A suggestion before its rule is printed. */
export interface SuggestionDraft extends Readonly<Omit<Suggestion, 'rule' | 'because' | 'lost'>> {
  readonly because: readonly string[];
  readonly lost: readonly string[];
  readonly rule: SuggestedRule;
  /** What `savingOf` measures against: bytes of one record or point that the rule makes, what one changed record loses, and series of its metric. */
  readonly expected: Expected;
  /** What it was predicted of, so that it can be told at other traffic (`predictedAt`). */
  readonly basis: PredictionBasis;
}
