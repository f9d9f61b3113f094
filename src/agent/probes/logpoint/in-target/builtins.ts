// Runs in the observed process, as text: no imports, no names from outside the function. All of it runs in a realm of Weir's own (install.ts), so
// its arrays, objects and built-in functions are those of V8, whatever the program has put in place of its own.

/** What Weir uses of the process: its own modules where a script's context (`vm`) has none. */
export interface Given {
  readonly global: Record<PropertyKey, unknown>;
  /** The program's own, to know its methods by: they are compared and never called. */
  readonly theirs: Readonly<Record<'string' | 'numeric' | 'bigint' | 'boolean' | 'symbol' | 'array' | 'map' | 'set' | 'date' | 'typed' | 'buffer' | 'pattern', object>>;
  readonly types: { isProxy(value: unknown): boolean; isMap(value: unknown): boolean; isSet(value: unknown): boolean; isDate(value: unknown): boolean; isRegExp(value: unknown): boolean; isNativeError(value: unknown): boolean; isPromise(value: unknown): boolean; isModuleNamespaceObject(value: unknown): boolean };
  now(): number;
  nudge(payload: string): unknown;
  /** To a debugger session within the process. Throws what V8 says against it. */
  post(method: string, params: object): unknown;
  /** Closes that session, and takes the hook away. */
  letGo(): void;
}
export type AnyFunction = (...given: never[]) => unknown;

export function builtins({ theirs }: Given) {
  type Any = (...given: never[]) => unknown;
  const { getOwnPropertyDescriptor: descriptor, getPrototypeOf: prototypeOf, defineProperty, keys, hasOwn } = Object;
  const { apply } = Reflect;
  const getter = (of: object, name: PropertyKey): Any => descriptor(of, name)!.get as Any;
  const tagOfTyped = getter(prototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag);
  const run = (method: Any | undefined, on: unknown, given: readonly unknown[]): unknown => apply(method as (...all: unknown[]) => unknown, on, given);
  const pick = (from: object, names: string): Record<string, Any> => {
    const picked = Object.create(null) as Record<string, Any>;
    for (const name of names.split(' ')) { const found = descriptor(from, name)?.value as Any | undefined; if (found !== undefined) picked[name] = found; }
    return picked;
  };
  const typed = prototypeOf(Uint8Array.prototype) as object;
  return {
    descriptor, prototypeOf, defineProperty, keys, hasOwn: (on: object, name: PropertyKey) => (hasOwn === undefined ? run(Object.prototype.hasOwnProperty, on, [name]) as boolean : hasOwn(on, name)), run,
    isArray: Array.isArray, boxed: Object, description: getter(Symbol.prototype, 'description'), stringify: JSON.stringify, parse: JSON.parse, text: String, math: pick(Math, 'abs ceil floor round trunc sign sqrt cbrt log log2 log10 exp pow min max hypot'), unixMs: Date.now,
    number: { Number, parseInt, parseFloat, isNaN, isFinite, Boolean, isInteger: Number.isInteger, isSafeInteger: Number.isSafeInteger, strictlyNaN: Number.isNaN, strictlyFinite: Number.isFinite },
    string: pick(String.prototype, 'at charAt charCodeAt codePointAt endsWith includes indexOf lastIndexOf slice startsWith substring toLowerCase toUpperCase trim trimStart trimEnd toString valueOf'),
    numeric: pick(Number.prototype, 'toFixed toPrecision toString valueOf'), bigint: pick(BigInt.prototype, 'toString valueOf'), boolean: pick(Boolean.prototype, 'toString valueOf'), symbol: pick(Symbol.prototype, 'toString'),
    array: pick(Array.prototype, 'at every filter find findIndex includes indexOf join lastIndexOf map slice some'),
    map: pick(Map.prototype, 'get has entries'), set: pick(Set.prototype, 'has values'), date: pick(Date.prototype, 'getTime toISOString valueOf'), object: pick(Object.prototype, 'hasOwnProperty'),
    nextOfMap: (prototypeOf(new Map().entries()) as { next: Any }).next, nextOfSet: (prototypeOf(new Set().values()) as { next: Any }).next,
    mapSize: getter(Map.prototype, 'size'), setSize: getter(Set.prototype, 'size'), typedLength: getter(typed, 'length'), source: getter(RegExp.prototype, 'source'),
    /** Undefined: it is no typed array. */
    typedName: (value: unknown) => run(tagOfTyped, value, []) as string | undefined,
    /** For a getter of the program that only reads, the same one of V8. */
    getters: new Map<unknown, Any>([[theirs.map, Map.prototype, 'size'], [theirs.set, Set.prototype, 'size'], [theirs.typed, typed, 'length'], [theirs.typed, typed, 'byteLength'], [theirs.typed, typed, 'byteOffset'], [theirs.buffer, ArrayBuffer.prototype, 'byteLength'], [theirs.symbol, Symbol.prototype, 'description'], [theirs.pattern, RegExp.prototype, 'source']]
      .map(([of, own, name]) => [descriptor(of as object, name as string)?.get, getter(own as object, name as string)] as const)),
  };
}
export type Builtins = ReturnType<typeof builtins>;
