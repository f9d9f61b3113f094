// The other secrets of a record: those that a policy about one of them leaves in clear. Pure.
import type { RedactWish, SecretPlace } from '../../../editor/redact/index.ts';
import { foundText, type Guess } from './rank.ts';
import { sameField } from './target.ts';

/** Of what was found in the record, what the wish does not hide. @param secret the text that is meant; empty: not known */
export function othersInClear(found: readonly Guess[], wish: Pick<RedactWish, 'what' | 'where'>, at: SecretPlace, secret: string): readonly Guess[] {
  const { what, where } = wish;
  const named: readonly string[] = what.kind === 'value' ? [] : [what.kind === 'detector' ? what.detector : what.name, ...(what.also ?? [])];
  const reaches = (guess: Guess) => where === 'service' || where === 'everywhere' || sameField(guess, at);
  const isHidden = (guess: Guess) => (what.kind === 'value' ? sameField(guess, at) : named.includes(guess.detector) && reaches(guess));
  // The same text under another detector's name, or a part of it, is no other secret.
  const isSame = (guess: Guess) => secret !== '' && sameField(guess, at) && (secret.includes(foundText(guess)) || foundText(guess).includes(secret));
  return found.filter((guess) => !isHidden(guess) && !isSame(guess));
}

/** "all three": the one that is meant and so many others. */
export const allWords = (others: number): string => (others === 1 ? 'both' : `all ${['', '', 'three', 'four', 'five'][others] ?? others + 1}`);
