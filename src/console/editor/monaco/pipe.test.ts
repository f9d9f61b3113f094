import { expect, it } from 'vitest';
import { doubledPipe } from './pipe.ts';

it('finds the pipe that a typed one replaces, at the start of a line only', () => {
  expect(doubledPipe('| |')).toEqual([0, 2]);
  expect(doubledPipe('  ||')).toEqual([2, 3]);
  expect(doubledPipe('|')).toBeNull();
  expect(doubledPipe('Logs | |')).toBeNull();
  expect(doubledPipe('| where Body has "|')).toBeNull();
});
