import { expect, it } from 'vitest';
import { steadyCpu } from './dry-run-figures.tsx';

it('tells CPU only once the engine is warm, without false precision', () => {
  expect(steadyCpu([260])).toBeNull();
  expect(steadyCpu([260, 0.63])).toBe('≈ 0.6');
  expect(steadyCpu([260, 0.6, 44, 0.8])).toBe('≈ 0.8');
  expect(steadyCpu([9, 12.7])).toBe('≈ 10');
  expect(steadyCpu([9, 0.001])).toBe('< 0.01');
});
