// Runs in the observed process, as text: no imports, no names from outside the function. The built-in functions as they are when Weir comes,
// so that what a program replaces later is not run.

/** What Weir uses of the process: its own modules where a script's context (`vm`) has none. */
export interface Given {
  readonly global: Record<PropertyKey, unknown>;
  readonly types: { isProxy(value: unknown): boolean; isMap(value: unknown): boolean; isSet(value: unknown): boolean; isDate(value: unknown): boolean; isRegExp(value: unknown): boolean; isNativeError(value: unknown): boolean; isTypedArray(value: unknown): boolean; isPromise(value: unknown): boolean; isModuleNamespaceObject(value: unknown): boolean };
  now(): number;
  nudge(payload: string): void;
}
export type AnyFunction = (...given: never[]) => unknown;

export function builtins() {
  type Any = (...given: never[]) => unknown;
  const { getOwnPropertyDescriptor: descriptor, getPrototypeOf: prototypeOf, defineProperty, keys, hasOwn } = Object;
  const { apply, ownKeys } = Reflect;
  const getter = (of: object, name: PropertyKey): Any => descriptor(of, name)!.get as Any;
  const run = (method: Any | undefined, on: unknown, given: readonly unknown[]): unknown => apply(method as (...all: unknown[]) => unknown, on, given);
  const pick = (from: object, names: string): Record<string, Any> => {
    const picked = Object.create(null) as Record<string, Any>;
    for (const name of names.split(' ')) { const found = descriptor(from, name)?.value as Any | undefined; if (found !== undefined) picked[name] = found; }
    return picked;
  };
  const typed = prototypeOf(Uint8Array.prototype) as object;
  return {
    descriptor, prototypeOf, defineProperty, keys, hasOwn: (on: object, name: PropertyKey) => (hasOwn === undefined ? run(Object.prototype.hasOwnProperty, on, [name]) as boolean : hasOwn(on, name)), ownKeys, run,
    isArray: Array.isArray, stringify: JSON.stringify, text: String, math: pick(Math, 'abs ceil floor round trunc sign sqrt cbrt log log2 log10 exp pow min max hypot'), unixMs: Date.now,
    number: { Number, parseInt, parseFloat, isNaN, isFinite, Boolean, isInteger: Number.isInteger, isSafeInteger: Number.isSafeInteger, strictlyNaN: Number.isNaN, strictlyFinite: Number.isFinite },
    string: pick(String.prototype, 'at charAt charCodeAt codePointAt endsWith includes indexOf lastIndexOf slice startsWith substring toLowerCase toUpperCase trim trimStart trimEnd toString valueOf'),
    numeric: pick(Number.prototype, 'toFixed toPrecision toString valueOf'), bigint: pick(BigInt.prototype, 'toString valueOf'), boolean: pick(Boolean.prototype, 'toString valueOf'), symbol: pick(Symbol.prototype, 'toString'),
    array: pick(Array.prototype, 'at every filter find findIndex includes indexOf join lastIndexOf map slice some'),
    map: pick(Map.prototype, 'get has entries'), set: pick(Set.prototype, 'has values'), date: pick(Date.prototype, 'getTime toISOString valueOf'), object: pick(Object.prototype, 'hasOwnProperty'),
    nextOfMap: (prototypeOf(new Map().entries()) as { next: Any }).next, nextOfSet: (prototypeOf(new Set().values()) as { next: Any }).next,
    mapSize: getter(Map.prototype, 'size'), setSize: getter(Set.prototype, 'size'), typedLength: getter(typed, 'length'), source: getter(RegExp.prototype, 'source'),
    /** Getters that only read. */
    getters: new Set<unknown>([getter(Map.prototype, 'size'), getter(Set.prototype, 'size'), getter(typed, 'length'), getter(typed, 'byteLength'), getter(typed, 'byteOffset'), getter(ArrayBuffer.prototype, 'byteLength'), getter(Symbol.prototype, 'description'), getter(RegExp.prototype, 'source')]),
  };
}
export type Builtins = ReturnType<typeof builtins>;
