// What the dialog's fields say together: the wish, the text that it makes, and where that text goes. What a person has not chosen
// follows the likeliest guess.
import { useMemo, useState } from 'react';
import type { Signal } from '../../../../model/index.ts';
import { freeName, patternName, policyTextOf, suggestedName, suggestPattern, withEntry, type RedactWish, type SecretPlace, type WishAction, type WishWhat, type WishWhere } from '../../../editor/redact/index.ts';
import type { ExistingPolicy } from './existing.ts';
import { othersInClear } from './others.ts';
import { foundText, type Guess } from './rank.ts';
import type { Looked } from './use-guesses.ts';
import { sameField, sameTextIn, type FieldRef, type RedactTarget } from './target.ts';

export type What = { readonly kind: 'guess'; readonly index: number } | { readonly kind: 'pattern' } | { readonly kind: 'value' };
export interface WishFields {
  readonly what: What | null; readonly pattern: string | null; /** Null: not chosen yet. */ readonly where: WishWhere | null; readonly action: WishAction; readonly keep: number; readonly name: string | null;
  /** Said of a whole text without a key, such as every body of a service: a click on it alone is no yes. */
  readonly everyText: boolean;
  /** The other secrets of the record are hidden as well. */
  readonly also: boolean;
  /** Id of the policy that gets an entry; null makes a new one. Undefined: not chosen yet. */
  readonly into: string | null | undefined;
}
export const startFields: WishFields = { what: null, pattern: null, where: null, action: 'mask', keep: 4, name: null, everyText: false, also: false, into: undefined };

export interface WishState {
  readonly fields: WishFields;
  set(patch: Partial<WishFields>): void;
  readonly what: What;
  readonly guess: Guess | null;
  readonly pattern: string;
  readonly at: SecretPlace;
  /** The text that is meant; empty while only a pattern says what it is. */
  readonly secret: string;
  /** Other values of the record that hold the same text: hiding one place alone would leave those in clear. */
  readonly alsoIn: readonly FieldRef[];
  /** Other secrets of the record that this policy leaves in clear. */
  readonly others: readonly Guess[];
  /** The whole text of a place without a key is meant, and nobody has said so yet. */
  readonly asksEveryText: boolean;
  readonly wish: RedactWish;
  readonly name: string;
  /** Null while something is missing. */
  readonly text: string | null;
}

const describe = (wish: RedactWish, at: SecretPlace): string => `Hides ${wish.what.kind === 'detector' ? [wish.what.detector, ...(wish.what.also ?? [])].join(', ') : wish.what.kind === 'pattern' ? 'a pattern' : 'the value'} that was seen in ${at.key === '' ? `the ${at.place}` : at.key}${at.service === '' ? '' : ` of ${at.service}`}, chosen in the tail.`;

export const useWishFields = () => useState(startFields);

/** @param taken names of all rules. */
export function useWish([fields, setFields]: ReturnType<typeof useWishFields>, target: RedactTarget, { guesses, all, inRecord }: Pick<Looked, 'guesses' | 'all' | 'inRecord'>, taken: ReadonlySet<string>, into: ExistingPolicy | null): WishState {
  const { row, field, selection } = target;
  const what = fields.what ?? likeliest(guesses, target);
  const guess = what.kind === 'guess' ? guesses[what.index] ?? null : null;
  // Nothing pointed at: where something was found.
  const ref = guess ?? field ?? guesses[0] ?? { place: 'body' as const, key: '' };
  const at = useMemo<SecretPlace>(() => ({ service: row.service, signal: row.signal satisfies Signal, place: ref.place, key: ref.key }), [row.service, row.signal, ref.place, ref.key]);
  const value = all.find((one) => sameField(one, ref))?.text ?? '';
  const secret = what.kind === 'guess' ? foundText(guess ?? undefined) : selection ?? (what.kind === 'value' ? value : '');
  const alsoIn = useMemo(() => sameTextIn(all, { place: ref.place, key: ref.key }, secret), [all, ref.place, ref.key, secret]);
  const everyText = what.kind === 'value' && at.key === '';
  const pattern = fields.pattern ?? (selection === null ? '' : suggestPattern(selection) ?? '');
  // A text that stands in two places of one record leaks through both.
  const where = fields.where ?? (alsoIn.length > 0 && what.kind !== 'value' ? 'service' : 'key-in-service');
  const wish = useMemo<RedactWish>(() => {
    const one: WishWhat = guess !== null ? { kind: 'detector', detector: guess.detector } : what.kind === 'value' ? { kind: 'value' } : { kind: 'pattern', name: patternName(at), pattern };
    const also = !fields.also || one.kind === 'value' ? [] : detectorsBeside(one, othersInClear(inRecord, { what: one, where }, at, secret));
    return { what: also.length === 0 ? one : { ...one, also } as WishWhat, where, action: fields.action, keep: fields.keep };
  }, [guess, what.kind, at, pattern, where, secret, inRecord, fields.also, fields.action, fields.keep]);
  const others = useMemo(() => othersInClear(inRecord, wish, at, secret), [inRecord, wish, at, secret]);
  const name = fields.name ?? freeName(suggestedName(wish, at), taken);
  const asksEveryText = everyText && !fields.everyText;
  const text = useMemo(() => asksEveryText || (wish.what.kind === 'pattern' && pattern === '') ? null : into === null ? policyTextOf(wish, at, name, describe(wish, at)) : withEntry(into.text, wish, at), [wish, at, name, into, pattern, asksEveryText]);
  return { fields, set: (patch) => setFields((before) => ({ ...before, ...patch })), what, guess, pattern, at, secret, alsoIn, others, asksEveryText, wish, name, text };
}

/** Each once, and not the one that is chosen. */
const detectorsBeside = (one: WishWhat, others: readonly Guess[]): readonly string[] => [...new Set(others.map(({ detector }) => detector))].filter((name) => one.kind !== 'detector' || name !== one.detector);

/** A detector that knows the selection; else a pattern of it; else what a detector finds in the field; else the whole value of the key that was pointed at. */
function likeliest(guesses: readonly Guess[], { selection, field }: RedactTarget): What {
  if (guesses[0]?.hit === 'selection') return { kind: 'guess', index: 0 };
  if (selection !== null && suggestPattern(selection) !== null) return { kind: 'pattern' };
  return guesses.length > 0 ? { kind: 'guess', index: 0 } : { kind: field !== null && field.key !== '' ? 'value' : 'pattern' };
}
