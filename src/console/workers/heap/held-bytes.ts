// What a snapshot takes in memory: the buffers of all its columns, each counted once. Names of classes are small beside them.

export function heldBytes(value: object): number {
  const buffers = new Set<ArrayBufferLike>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const each = waiting.pop();
    if (ArrayBuffer.isView(each)) buffers.add(each.buffer);
    else if (isPlain(each)) waiting.push(...Object.values(each));
  }
  let bytes = 0;
  for (const { byteLength } of buffers) bytes += byteLength;
  return bytes;
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
