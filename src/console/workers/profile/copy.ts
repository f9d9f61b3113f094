// A copy of an answer whose buffers may be moved away, of something that the service keeps.
export function copyOf<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).map(([key, each]: [string, unknown]) => [key, ArrayBuffer.isView(each) ? (each as Int32Array).slice() : each])) as T;
}
