// A profile from a text drawing, for tests: each column is a sample, each row a depth, roots on top, columns apart by two spaces or more.
//
//     drawProfile(`
//       main   main   main
//       price  price  render
//       round         draw@node_modules/svg/draw.js:12
//     `)
//
// A cell is a name, `name@file`, or `name@file:line` with the line that was running. An empty column's sample has an empty stack (draw
// it as `-`).
import { ProfileBuilder } from '../build/index.ts';
import { none, type Profile } from '../model.ts';

export interface DrawnSamples {
  /** One of each a sample; weights in nanoseconds, 1 each when left out; times in nanoseconds, none when left out. */
  readonly weights?: readonly number[];
  readonly times?: readonly number[];
  readonly threads?: readonly string[];
  readonly counts?: readonly number[];
}

export function drawProfile(drawing: string, { weights, times, threads, counts }: DrawnSamples = {}): Profile {
  const builder = new ProfileBuilder();
  const weight = builder.weight('time', 'nanoseconds');
  builder.weight('samples', 'count');
  for (const [column, cells] of columnsOf(drawing).entries()) {
    let stack = none;
    for (const cell of cells) stack = builder.stack(stack, frameOf(builder, cell));
    builder.sample(stack, builder.thread(threads?.[column] ?? 'main'), times?.[column]);
    if (weights !== undefined) builder.weigh(weight, weights[column] ?? 0);
    if (counts !== undefined) builder.counted(counts[column] ?? 1);
  }
  return builder.finish({ format: 'folded', name: 'drawn', startNanos: 0 });
}

/** The row of the function of this name. */
export function functionNamed({ functions, strings }: Profile, name: string): number {
  const row = functions.name.findIndex((text) => strings[text] === name);
  if (row < 0) throw new Error(`The profile has no function ${name}.`);
  return row;
}

/** A sample's cells from the root, by where the columns of the first row begin. */
function columnsOf(drawing: string): string[][] {
  const lines = drawing.split('\n').filter((line) => line.trim() !== '');
  const starts = Array.from((lines[0] ?? '').matchAll(/\S+/gu), ({ index }) => index);
  return starts.map((start, column) => lines.map((line) => line.slice(start, starts[column + 1]).trim()).filter((cell) => cell !== '' && cell !== '-'));
}

function frameOf(builder: ProfileBuilder, cell: string): number {
  const [, name = cell, file = null, line = '0'] = /^([^@]+)(?:@(.+?)(?::(\d+))?)?$/u.exec(cell) ?? [];
  return builder.frame(builder.function(name, file), Number(line));
}
