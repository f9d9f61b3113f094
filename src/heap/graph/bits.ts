// One bit per row.

export const newBits = (count: number): Uint8Array => new Uint8Array((count + 7) >>> 3);
export const hasBit = (bits: Uint8Array, row: number): boolean => (bits[row >>> 3]! & (1 << (row & 7))) !== 0;
export function setBit(bits: Uint8Array, row: number): void { bits[row >>> 3]! |= 1 << (row & 7); }
