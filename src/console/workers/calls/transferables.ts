// The buffers of an answer, which move to the page without a copy. An answer is made for one call, so nothing of it is missed here;
// what a service keeps must be copied into the answer first. For services whose answers are columns.

/** Buffers of all typed arrays in plain objects and arrays, each once. */
export function transferablesOf(value: unknown): readonly ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const each = waiting.pop();
    if (ArrayBuffer.isView(each)) { if (each.buffer instanceof ArrayBuffer) buffers.add(each.buffer); } else if (each instanceof ArrayBuffer) buffers.add(each);
    else if (isPlain(each)) for (const inner of Object.values(each)) if (typeof inner === 'object' && inner !== null) waiting.push(inner);
  }
  return [...buffers];
}

const isPlain = (value: unknown): value is object => Array.isArray(value) || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);
