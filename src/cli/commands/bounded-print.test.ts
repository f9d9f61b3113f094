// A reader of standard output that takes nothing must not fill the memory of the terminal's Weir.
import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { BoundedPrint } from './bounded-print.ts';

it('holds no more than its bound for a reader that stands still, counts what it left out, and goes on when it reads again', async () => {
  const given: (() => void)[] = [];
  const stream = new Writable({ write(_chunk, _encoding, done) { given.push(done); }, highWaterMark: 10 });
  let said = 0;
  const print = new BoundedPrint(stream, () => { said++; }, 1000);
  for (let line = 0; line < 500; line++) print.lines(`${'x'.repeat(99)}\n`, 1);
  expect([stream.writableLength, print.dropped, said]).toEqual([1000, 490, 1]);
  while (given.length > 0) { given.shift()!(); await new Promise(setImmediate); }
  print.lines('y\n', 1);
  expect([print.dropped, said, stream.writableLength]).toEqual([490, 1, 2]);
});
