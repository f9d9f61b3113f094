// Bytes that no shape tells apart are one class. Classes are numbered by how often their bytes are met in log text: what is
// read of an automaton's row then lies together.
import { frequencyOf, tableOf } from './anchors.ts';
import type { Shape } from './types.ts';

export interface ByteClasses {
  /** Class of each byte. */
  readonly classes: Uint8Array;
  /** A byte of each class. */
  readonly representatives: readonly number[];
}

export function byteClasses(shapes: readonly Shape[]): ByteClasses {
  const classes = new Uint8Array(256);
  let count = 1;
  const split = new Int16Array(512);
  // Each set splits the classes it cuts in two; few of the detectors' sets differ.
  for (const table of new Set([...new Set(shapes.flat())].map(tableOf))) {
    split.fill(-1);
    let next = 0;
    for (let byte = 0; byte < 256; byte++) {
      const half = classes[byte]! * 2 + table[byte]!;
      if (split[half] === -1) split[half] = next++;
      classes[byte] = split[half]!;
    }
    count = next;
  }
  return byFrequency(classes, count);
}

function byFrequency(classes: Uint8Array, count: number): ByteClasses {
  const weights = new Float64Array(count);
  classes.forEach((cls, byte) => { weights[cls]! += frequencyOf(byte); });
  const order = [...weights.keys()].toSorted((a, b) => weights[b]! - weights[a]! || a - b);
  const ordered = classes.map((cls) => order.indexOf(cls));
  return { classes: ordered, representatives: order.map((_, cls) => ordered.indexOf(cls)) };
}
