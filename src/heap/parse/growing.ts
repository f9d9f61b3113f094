// Typed arrays whose final length is not known when filling begins.

/** `array` or a larger copy of it with room for `length`; grows by half, so that filling stays linear. */
export function withRoom<T extends Uint8Array | Uint32Array>(array: T, length: number): T {
  if (length <= array.length) return array;
  const larger = new (array.constructor as new (length: number) => T)(Math.max(length, Math.ceil(array.length * 1.5)));
  larger.set(array);
  return larger;
}

/** The filled part, in memory of its own when much of the array is unused. */
export function trimmed<T extends Uint8Array | Uint32Array>(array: T, length: number): T {
  return (length > array.length * 0.9 ? array.subarray(0, length) : array.slice(0, length)) as T;
}
