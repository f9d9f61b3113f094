// Long work in steps: the same outcome as in one go, and a rest within every so many rows.
import { expect, it } from 'vitest';
import { inOneGo, type Steps } from './steps.ts';

function* counting(parts: number): Steps<number> {
  let sum = 0;
  for (let part = 0; part < parts; part++) { sum += part; yield; }
  return sum;
}

it('gives what the work gives, however many steps it takes', () => {
  for (const parts of [1, 2, 9]) expect(inOneGo(counting(parts))).toBe(parts * (parts - 1) / 2);
});
