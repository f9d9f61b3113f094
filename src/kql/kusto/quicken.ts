// Makes the runtime under Microsoft's parser quicker. The parser was compiled from C#, and its runtime asks the same few questions about types
// tens of thousands of times a text, each answered from the beginning: by a walk over interfaces, by a name put together anew. Their
// answers depend on the classes alone, so they are kept. A keystroke takes a quarter less; what the parser says stays the same.

type Anything = any; // oxlint-disable-line typescript/no-explicit-any -- values of another language's runtime, of any class
type Class = Anything;

/** The part of the runtime (the globals `Bridge` and `System`) that is put in place of; names are the runtime's own. */
export interface KustoRuntime {
  readonly Bridge: {
    is(value: Anything, type: Class, ignoreFn?: boolean, allowNull?: boolean): boolean;
    as(value: Anything, type: Class, allowNull?: boolean): Anything;
    ref(holder: Anything, place: Anything): { v: Anything };
    getTypeAlias(type: Class): string;
    readonly Class: { getCachedType(generic: Class, args: ArrayLike<Class>): Anything };
  };
  readonly System: { readonly Array: {
    getCount(list: Anything, type?: Class): number;
    getItem(list: Anything, index: number, type?: Class): Anything;
    toIndex(list: Anything, indices: readonly number[]): number;
  } };
}

const quickened = new WeakSet<object>();

/** For a loaded runtime, before the parser is used; a second time changes nothing. Gives what takes it back. */
export function quicken({ Bridge, System }: KustoRuntime): () => void {
  if (quickened.has(Bridge)) return () => undefined;
  quickened.add(Bridge);
  const [bridge, classes, arrays] = [{ ...Bridge }, { ...Bridge.Class }, { ...System.Array }];
  Object.assign(Bridge, quickTypes(Bridge), quickRefs(System, Bridge.ref));
  Object.assign(Bridge.Class, quickGenerics(Bridge.Class));
  Object.assign(System.Array, quickLists(Bridge, System.Array));
  return () => {
    quickened.delete(Bridge);
    Object.assign(Bridge, { is: bridge.is, as: bridge.as, ref: bridge.ref });
    Object.assign(Bridge.Class, { getCachedType: classes.getCachedType });
    Object.assign(System.Array, { getCount: arrays.getCount, getItem: arrays.getItem });
  };
}

/** What is known of a class and another one. */
class Known<T> {
  readonly #all = new Map<Class, Map<Class, T>>();
  get(one: Class, other: Class): T | undefined { return this.#all.get(one)?.get(other); }
  set(one: Class, other: Class, value: T): T {
    const row = this.#all.get(one) ?? new Map<Class, T>();
    this.#all.set(one, row.set(other, value));
    return value;
  }
}

/** An instance of a class that the parser or its runtime defines; boxed values and plain objects are none. */
const isInstance = (value: Anything): boolean => typeof value === 'object' && typeof value.constructor === 'function' && value.constructor !== Object && Boolean(value.constructor.$kind) && !value.$boxed;
/** Types that look at the value itself have a test of their own. */
const isByClass = (value: Anything, type: Class): boolean => isInstance(value) && !value.constructor.$isArrayEnumerator && typeof type === 'function' && Boolean(type.$kind) && !type.$is && !type.$literal;

/** `is` and `as`: whether a class is or implements another. */
function quickTypes(runtime: KustoRuntime['Bridge']): Pick<KustoRuntime['Bridge'], 'is' | 'as'> {
  const [is, as] = [runtime.is, runtime.as];
  const known = new Known<boolean>();
  const learn = (value: Anything, type: Class): boolean | undefined => (isByClass(value, type) ? known.set(value.constructor, type, is.call(runtime, value, type)) : undefined);
  const answer = (value: Anything, type: Class): boolean | undefined => (typeof value === 'object' ? known.get(value.constructor, type) ?? learn(value, type) : undefined);
  return {
    is: (value, type, ignoreFn, allowNull) => (value == null ? Boolean(allowNull) : answer(value, type) ?? is.call(runtime, value, type, ignoreFn, allowNull)),
    as: (value, type, allowNull) => {
      const found = value == null ? undefined : answer(value, type);
      return found === undefined ? as.call(runtime, value, type, allowNull) : found ? value : null;
    },
  };
}

/** A variable handed over by reference. */
class Ref {
  readonly #holder: Anything;
  readonly #place: string | number;
  constructor(holder: Anything, place: string | number) { this.#holder = holder; this.#place = place; }
  get v(): Anything { return this.#holder[this.#place]; }
  set v(value: Anything) { this.#holder[this.#place] = value; }
}

/** The runtime defines a property on a new object for each; without a place the holder itself is meant, which is left to it. */
function quickRefs({ Array: arrays }: KustoRuntime['System'], ref: KustoRuntime['Bridge']['ref']): Pick<KustoRuntime['Bridge'], 'ref'> {
  return { ref: (holder, place) => (place == null ? ref(holder, place) : new Ref(holder, Array.isArray(place) ? arrays.toIndex(holder, place) : place)) };
}

/** `List<T>` of a T that was asked for before; the runtime looks through all of them. */
function quickGenerics(runtime: KustoRuntime['Bridge']['Class']): Pick<KustoRuntime['Bridge']['Class'], 'getCachedType'> {
  const find = runtime.getCachedType;
  const known = new Known<Anything>();
  const learn = (generic: Class, args: ArrayLike<Class>): Anything => {
    const found = find.call(runtime, generic, args);
    return found !== null && args.length === 1 ? known.set(generic, args[0], found) : found;
  };
  return { getCachedType: (generic, args) => (args.length === 1 ? known.get(generic, args[0]) : undefined) ?? learn(generic, args) };
}

/** Under which name a class has what is asked for: a method to call, a property to read; neither, when only the runtime knows. */
interface Way { readonly call?: string | undefined; readonly read?: string | undefined }

/** Length and items of a list that may be an array or any class with the right interface. */
function quickLists(bridge: KustoRuntime['Bridge'], runtime: KustoRuntime['System']['Array']): Pick<KustoRuntime['System']['Array'], 'getCount' | 'getItem'> {
  const { getCount, getItem } = runtime;
  const [counts, itemsOf] = [new Known<Way>(), new Known<Way>()];
  const wayToCount = (list: Anything, type: Class): Way => counts.get(list.constructor, type) ?? (isInstance(list) ? counts.set(list.constructor, type, countWay(list, bridge.getTypeAlias(type))) : {});
  const wayToItem = (list: Anything, type: Class): Way => itemsOf.get(list.constructor, type) ?? (isInstance(list) ? itemsOf.set(list.constructor, type, itemWay(list, bridge.getTypeAlias(type))) : {});
  return {
    getCount: (list, type) => {
      if (Array.isArray(list)) return list.length;
      const { call, read } = list == null || !type ? {} as Way : wayToCount(list, type);
      return call !== undefined ? list[call]() : (read === undefined ? undefined : list[read]) ?? getCount.call(runtime, list, type);
    },
    getItem: (list, index, type) => {
      if (list == null || !type) return getItem.call(runtime, list, index, type);
      if (Array.isArray(list)) return list[index];
      const { call } = wayToItem(list, type);
      return call === undefined ? getItem.call(runtime, list, index, type) : list[call](index);
    },
  };
}

function countWay(list: Anything, alias: string): Way {
  const name = `System$Collections$Generic$ICollection$1$${alias}`;
  const call = [`${name}$getCount`, 'System$Collections$ICollection$getCount'].find((each) => typeof list[each] === 'function');
  return call === undefined ? { read: [`${name}$Count`, 'System$Collections$ICollection$Count', 'Count'].find((each) => list[each] !== undefined) } : { call };
}

function itemWay(list: Anything, alias: string): Way {
  const name = `System$Collections$Generic$IList$1$${alias}$getItem`;
  return typeof list[name] === 'function' ? { call: name } : {};
}
