// Lengths of protobuf messages, for whoever writes them around bytes that are there.

export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size++;
  return size;
}

/** Gives the place behind it. */
export function writeVarint(out: Uint8Array, at: number, value: number): number {
  let to = at;
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) out[to++] = (rest % 128) | 0x80;
  out[to++] = rest;
  return to;
}
