/** The object on the prototype chain that has a method of its own; null when none has, or the method cannot be replaced. */
export function ownerOf(object: object, method: string): Record<string, unknown> | null {
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) {
    const own = Object.getOwnPropertyDescriptor(at, method);
    if (own !== undefined) return typeof own.value === 'function' && own.writable === true ? (at as Record<string, unknown>) : null;
  }
  return null;
}

/** Replaced methods, so that none is replaced twice. */
const ours = new WeakSet<object>();

/** Puts `make(original)` in the place of a method. False when there is nothing to replace; true also when it is done already. */
export function replaceMethod<T extends (...given: never[]) => unknown>(object: object, method: string, make: (original: T) => T): boolean {
  const owner = ownerOf(object, method);
  if (owner === null) return false;
  const original = owner[method] as T;
  if (ours.has(original)) return true;
  const made = make(original);
  ours.add(made);
  owner[method] = made;
  return true;
}
