// What a selection may be: findings of the detectors in it and around it, the likeliest first.
import type { FoundSpan } from '../../../workers/redact/index.ts';
import type { FieldRef, FieldText } from './target.ts';

export interface Guess extends FieldRef {
  readonly detector: string; readonly confidence: number;
  /** `selection`: it covers what was selected. `field`: it is elsewhere in the field or the record. */
  readonly hit: 'selection' | 'field';
  readonly text: string; readonly start: number; readonly end: number;
}

/** @param found of each text, in order. @param selection null: whatever there is counts as selected. One guess per detector and field. */
export function guessesOf(texts: readonly FieldText[], found: readonly (readonly FoundSpan[])[], selection: string | null): readonly Guess[] {
  const guesses = texts.flatMap((at, i) => (found[i] ?? []).map((span): Guess => ({ place: at.place, key: at.key, text: at.text, ...span, hit: covers(at.text, span, selection) ? 'selection' : 'field' })));
  const best = new Map<string, Guess>();
  for (const guess of guesses.toSorted(likelierFirst)) { const key = `${guess.detector} ${guess.place} ${guess.key}`; if (!best.has(key)) best.set(key, guess); }
  return [...best.values()];
}

/** What the guess stands on. */
export const foundText = (guess: Guess | undefined): string => (guess === undefined ? '' : guess.text.slice(guess.start, guess.end));

const likelierFirst = (a: Guess, b: Guess): number => Number(b.hit === 'selection') - Number(a.hit === 'selection') || b.confidence - a.confidence || a.start - b.start;

/** The finding and the selection have a character in common, at any place where the selection stands in the text. */
function covers(text: string, { start, end }: FoundSpan, selection: string | null): boolean {
  if (selection === null || selection === '') return true;
  const first = text.indexOf(selection, Math.max(0, start - selection.length + 1));
  return first >= 0 && first < end;
}
