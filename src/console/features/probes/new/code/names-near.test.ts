import { expect, it } from 'vitest';
import { completionsOf, namesNear } from './names-near.ts';

const code = `import { createServer } from 'node:http';
const shop = createServer();
function other(hidden) {
  const deep = 1;
}
function play(user: string, disks: number): number {
  const game = newGame(user);
  const moves = game.moves;
  return moves;
}
`;

it('names what can be read before a line, the nearest first', () => {
  expect(namesNear(code, 9).slice(0, 4)).toEqual(['game', 'moves', 'user', 'disks']);
  expect(namesNear(code, 9)).toContain('shop');
  expect(namesNear(code, 9)).not.toContain('deep');
  expect(namesNear(code, 8)).not.toContain('moves');
  expect(namesNear('', 3)).toEqual([]);
});

it('completes the last part of a list', () => {
  expect(completionsOf('user, m', ['moves', 'user', 'map'])).toEqual(['user, moves', 'user, map']);
  expect(completionsOf('', ['moves'])).toEqual(['moves']);
  expect(completionsOf('moves', ['moves', 'movesLeft'])).toEqual(['movesLeft']);
  expect(completionsOf('f(a, b), ', ['a', 'c'])).toEqual(['f(a, b), a', 'f(a, b), c']);
});
