// Memory for many small byte arrays: cut from one block, since a block of its own costs each of them more than its copying.
// What is cut keeps its block alive, so it is for results that are copied on soon.

const blockBytes = 64 * 1024;
/** What is larger gets memory of its own. */
const mostShared = 8 * 1024;

let block = new Uint8Array(blockBytes);
let used = 0;

/** Where `reserve` put the bytes: `into` from `at` on, at least as many as were asked for. */
export const place = { into: block, at: 0 };

export function reserve(count: number): void {
  if (count > mostShared) {
    place.into = new Uint8Array(count);
    place.at = 0;
    return;
  }
  if (used + count > blockBytes) { block = new Uint8Array(blockBytes); used = 0; }
  place.into = block;
  place.at = used;
}

/** The bytes from `start` up to `end` of what was reserved last, which is where the next ones begin. */
export function take(start: number, end: number): Uint8Array {
  if (place.into === block) used = end;
  return place.into.subarray(start, end);
}

/** Copies bytes[start, end) to into[at…]; the position behind them. A few bytes are copied faster by hand. */
export function copy(into: Uint8Array, at: number, bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 48) { into.set(bytes.subarray(start, end), at); return at + end - start; }
  let to = at;
  for (let i = start; i < end; i++) into[to++] = bytes[i]!;
  return to;
}
