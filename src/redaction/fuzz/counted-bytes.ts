// Bytes whose readings are counted: what a text costs, without a clock and whatever else the machine does.
export interface CountedBytes { readonly bytes: Uint8Array; readonly reads: () => number }

export function countedBytes(plain: Uint8Array): CountedBytes {
  let count = 0;
  const bytes = new Proxy(plain, {
    get: (target, key) => {
      if (typeof key === 'string' && key < ':') { count++; return target[Number(key)]; }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { bytes, reads: () => count };
}

/** How many times as much is read when the text is twice as long: 2 is linear, 4 quadratic. */
export function readGrowth(scan: (bytes: Uint8Array, start: number, end: number) => unknown, text: (bytes: number) => Uint8Array, size: number): number {
  const [once, twice] = [size, 2 * size].map((length) => {
    const { bytes, reads } = countedBytes(text(length));
    scan(bytes, 0, bytes.length);
    return reads();
  }) as [number, number];
  return twice / Math.max(1, once);
}
