// tower: the game of the shop's waiting room, a Tower of Hanoi for each visitor. It says nothing about itself, on purpose: no SDK, no log,
// no metric. What it does can only be seen by a probe.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Peg { readonly name: string; readonly disks: number[] }
interface Game { readonly user: string; readonly pegs: readonly [Peg, Peg, Peg]; moves: number }

function newGame(user: string, disks: number): Game {
  const first = Array.from({ length: disks }, (_, index) => disks - index);
  return { user, pegs: [{ name: 'left', disks: first }, { name: 'middle', disks: [] }, { name: 'right', disks: [] }], moves: 0 };
}

function move(game: Game, from: Peg, to: Peg): void {
  const disk = from.disks.pop() ?? 0;
  to.disks.push(disk);
  game.moves += 1;
}

function solve(game: Game, count: number, from: Peg, to: Peg, spare: Peg): void {
  if (count === 0) return;
  solve(game, count - 1, from, spare, to);
  move(game, from, to);
  solve(game, count - 1, spare, to, from);
}

/** Plays a whole game; gives the number of moves. */
function play(user: string, disks: number): number {
  const game = newGame(user, disks);
  const [left, middle, right] = game.pegs;
  solve(game, disks, left, right, middle);
  const moves = game.moves;
  return moves;
}

const server = createServer((incoming, answer) => {
  const url = new URL(incoming.url ?? '/', 'http://tower');
  const user = url.searchParams.get('user') ?? 'nobody';
  const disks = Math.min(12, Math.max(1, Number(url.searchParams.get('disks')) || 3));
  answer.end(String(play(user, disks)));
});

const leave = (): void => { server.close(); setTimeout(() => process.exit(0), 500).unref(); };
process.on('disconnect', leave);
process.on('SIGTERM', leave);
process.on('SIGINT', () => { /* the parent decides */ });
server.listen(0, '127.0.0.1', () => process.send?.({ type: 'listening', port: (server.address() as AddressInfo).port }));
