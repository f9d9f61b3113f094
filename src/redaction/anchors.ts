// What of the detectors' shapes the automaton looks for. A long shape is cut to a prefix that ordinary text seldom holds, which
// keeps the automaton small; what was cut off is compared where the prefix was found, before a detector is asked.
import type { ByteSet, Detector, Shape } from './types.ts';

export interface Anchor {
  /** Index of its detector, or of its wrapping or own pattern behind those. */
  readonly owner: number;
  /** What the automaton looks for. */
  readonly head: Shape;
  /** What must stand behind it. */
  readonly tail: Shape;
}

/** Bits of surprise after which a prefix is long enough: it is met once in some four million bytes of text. */
const enoughBits = 22;
/** Runs of digits or letters surprise little and multiply the automaton's states: no prefix is longer. */
const longestHead = 10;

export const anchorsOf = (shapes: Detector['anchors'], owner: number): readonly Anchor[] => shapes.map((shape) => {
  const head = selectiveLength(shape);
  return { owner, head: shape.slice(0, head), tail: shape.slice(head) };
});

function selectiveLength(shape: Shape): number {
  let bits = 0;
  for (let i = 0; i < shape.length; i++) {
    bits += bitsOf(shape[i]!);
    if (bits >= enoughBits || i + 1 >= longestHead) return i + 1;
  }
  return shape.length;
}

const tables = new WeakMap<ByteSet, Uint8Array>();
/** 1 for each byte of the set. */
export function tableOf(set: ByteSet): Uint8Array {
  let table = tables.get(set);
  if (table === undefined) { table = Uint8Array.from({ length: 256 }, (_, byte) => (set(byte) ? 1 : 0)); tables.set(set, table); }
  return table;
}

const bits = new WeakMap<ByteSet, number>();
function bitsOf(set: ByteSet): number {
  let known = bits.get(set);
  if (known === undefined) { known = -Math.log2(Math.min(1, tableOf(set).reduce((sum, is, byte) => sum + is * frequency[byte]!, 0))); bits.set(set, known); }
  return known;
}

export const frequencyOf = (byte: number): number => frequency[byte]!;

/** Roughly how often a byte is met in log text: many digits, the letters of English, few capitals. */
const frequency = Float64Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  if (char === ' ') return 0.1;
  if (/\d/.test(char)) return 0.025;
  if (/[etaoinsrcd]/.test(char)) return 0.04;
  if (/[a-z]/.test(char)) return 0.012;
  if (/[A-Z]/.test(char)) return 0.003;
  if (/[-=."/:_,]/.test(char)) return 0.02;
  return byte < 0x80 ? 0.002 : 0.0002;
});

/** Whether the bytes from `at` on are those of the shape. */
export function standsThere(shape: Shape, bytes: Uint8Array, at: number, end: number): boolean {
  if (at + shape.length > end) return false;
  for (let i = 0; i < shape.length; i++) if (!shape[i]!(bytes[at + i]!)) return false;
  return true;
}
