// What is held of words is bounded: lines none of whose words stay cost no list that is searched ever longer.
import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../base/index.ts';
import { Chance } from '../testing/chance.ts';
import { Learner } from './learner.ts';

const word = (chance: Chance): string => Array.from({ length: 6 }, () => String.fromCharCode(97 + chance.whole(0, 25))).join('');

function wordsHeld(lineOf: (chance: Chance) => string): number {
  const learner = new Learner({ maxTemplates: 100_000, maxBytes: 64 * 1024 * 1024 });
  const chance = new Chance(7);
  for (let i = 0; i < 3000; i++) {
    const form = encodeUtf8(lineOf(chance));
    learner.learn(form, form.length, 0);
  }
  return learner.groups.words;
}

it('of words that can decide nothing none is held', () => {
  // A few end like words of the language; their lines have something that stays.
  expect(wordsHeld((chance) => Array.from({ length: 6 }, () => word(chance)).join(' '))).toBeLessThan(600);
});

it('of a slot not more than it takes to vary', () => {
  expect(wordsHeld((chance) => `the order of ${word(chance)} was shipped to ${word(chance)}`)).toBeLessThan(40);
});
