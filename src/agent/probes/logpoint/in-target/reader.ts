// Runs in the observed process, as text: no names from outside the function. What a rewritten expression (`expression/check.ts`) calls to read,
// compare and count: nothing of the program is run, and an expression that would take long gives up.
import type { Builtins, Given } from './builtins.ts';

type Work = (...given: unknown[]) => unknown;

/** `snapshotOf` is the capture of JSON.stringify. What cannot be read is thrown as `{ weir: words }`. */
export function reader(built: Builtins, { types, global }: Given, snapshotOf: (value: unknown) => unknown) {
  const mostSteps = 20_000;
  const mostText = 100_000;
  const mostEntries = 1000;
  const short = Symbol('short');
  let steps = 0;
  const not = (why: string): never => { throw { weir: why }; };
  const step = (): void => { if (++steps > mostSteps) not('too much work for a probe'); };
  const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function';
  const plain = (value: unknown): string | number | bigint | boolean | symbol | null | undefined =>
    (isObject(value) ? types.isDate(value) ? built.run(built.date['getTime'], value, []) as number : not('an object where a plain value is needed') : value as string);
  const key = (value: unknown): string | symbol => { const name = plain(value); return typeof name === 'symbol' ? name : built.text(name); };
  const whole = (value: unknown): object => (types.isProxy(value) ? not('a Proxy') : isObject(value) ? value : not(`not an object: ${typeof value}`));
  const bounded = (value: string): string => (value.length > mostText ? not('a very long text') : value);

  const found = (on: object, name: PropertyKey): PropertyDescriptor | undefined => {
    let level = 0;
    for (let at: object | null = on; at !== null; at = built.prototypeOf(at) as object | null) {
      if (types.isProxy(at)) not('a Proxy');
      if (level++ > 100) not('a very long chain of prototypes');
      // Its text may be made by the program (Error.prepareStackTrace).
      if (name === 'stack' && types.isNativeError(at)) not('the stack of an error, which code may write');
      const property = built.descriptor(at, name);
      if (property !== undefined) return property;
    }
    return undefined;
  };
  const valueOf = (on: object, property: PropertyDescriptor | undefined): unknown => {
    if (property === undefined) return undefined;
    if (built.hasOwn(property, 'value')) return property.value;
    return built.getters.has(property.get) ? built.run(property.get as Work, on, []) : property.get === undefined ? undefined : not('getter');
  };
  const get = (on: unknown, name: unknown, optional = false): unknown => {
    step();
    if (on === short) return short;
    if (on === null || on === undefined) return optional ? short : not(`${built.text(key(name))} of ${built.text(on)}`);
    const at = key(name);
    if (typeof on === 'string') return built.descriptor(Object(on) as object, at)?.value;
    if (typeof on === 'symbol' && at === 'description') return on.description;
    return isObject(on) ? valueOf(on, found(on, at)) : undefined;
  };
  const entries = (list: object): unknown[] => {
    const { length } = list as unknown[];
    if (length > mostEntries) not(`more than ${mostEntries} entries`);
    const copy: unknown[] = [];
    built.defineProperty(copy, 'constructor', { value: undefined });
    for (let index = 0; index < length; index++) { step(); built.defineProperty(copy, index, { value: valueOf(list, built.descriptor(list, built.text(index))), enumerable: true, configurable: true, writable: true }); }
    return copy;
  };

  const walk = (name: string, items: unknown[], asked: unknown): unknown => {
    const answer = typeof asked === 'function' ? asked as Work : not(`${name} needs an arrow function`);
    const [kept, count]: [unknown[], number] = [[], items.length];
    for (let index = 0; index < count; index++) {
      step();
      const result = answer(items[index], index);
      if (name === 'map') kept[index] = result;
      else if (name === 'filter') { if (result) kept[kept.length] = items[index]; } else if (name === 'every') { if (!result) return false; } else if (result) return name === 'find' ? items[index] : name === 'findIndex' ? index : true;
    }
    return name === 'map' || name === 'filter' ? kept : name === 'every' ? true : name === 'some' ? false : name === 'findIndex' ? -1 : undefined;
  };
  const ofArray = (list: object, name: string, given: unknown[]): unknown => {
    const items = entries(list);
    if (['map', 'filter', 'every', 'some', 'find', 'findIndex'].includes(name)) return walk(name, items, given[0]);
    if (name !== 'join') return built.run(built.array[name], items, given.map((each) => (name === 'slice' || name === 'at' ? plain(each) : each)));
    let [joined, between] = ['', given[0] === undefined ? ',' : built.text(plain(given[0]))];
    for (let index = 0; index < items.length; index++) joined = bounded(`${joined}${index === 0 ? '' : between}${items[index] === null || items[index] === undefined ? '' : built.text(plain(items[index]))}`);
    return joined;
  };
  const methodsOf = (on: unknown): Builtins['string'] | null => {
    switch (typeof on) {
      case 'string': return built.string;
      case 'number': return built.numeric;
      case 'bigint': return built.bigint;
      case 'boolean': return built.boolean;
      case 'symbol': return built.symbol;
      default: return types.isProxy(on) ? not('a Proxy') : types.isMap(on) ? built.map : types.isSet(on) ? built.set : types.isDate(on) ? built.date : null;
    }
  };
  const call = (on: unknown, name: string, given: unknown[], optional = false): unknown => {
    step();
    if (on === short || (optional && (on === null || on === undefined))) return short;
    if (on === null || on === undefined) not(`${name} of ${built.text(on)}`);
    const methods = methodsOf(on);
    if (name === 'hasOwnProperty' && isObject(on)) return built.hasOwn(on, key(given[0]));
    const isArray = methods === null && built.isArray(on);
    const mine = isArray ? built.array[name] : methods?.[name];
    // A class of the program may have its own; that one is not called.
    if (mine === undefined || (isObject(on) && get(on, name) !== mine)) not(`${name} here is not a pure built-in`);
    if (isArray) return ofArray(on as unknown as object, name, given);
    return built.run(mine, on, methods === built.map || methods === built.set ? given : given.map(plain));
  };

  const equal = (left: unknown, right: unknown): boolean => {
    if (left === null || left === undefined || right === null || right === undefined) return (left ?? null) === (right ?? null);
    return isObject(left) === isObject(right) ? left == right : plain(left) == plain(right);
  };
  const isA = (value: unknown, maker: unknown): boolean => {
    const wanted = get(whole(maker), 'prototype');
    for (let at: unknown = isObject(value) ? value : null; at !== null; at = built.prototypeOf(whole(at))) if (built.prototypeOf(whole(at)) === wanted) return true;
    return false;
  };
  const arithmetic = (operator: string, left: number, right: number): unknown => {
    if (typeof left === 'bigint' && (operator === '**' || operator === '<<')) not('a power of a bigint, which may be huge');
    switch (operator) {
      case '+': { const sum: unknown = left + right; return typeof sum === 'string' ? bounded(sum) : sum; }
      case '-': return left - right;
      case '*': return left * right;
      case '/': return left / right;
      case '%': return left % right;
      case '**': return left ** right;
      case '&': return left & right;
      case '|': return left | right;
      case '^': return left ^ right;
      case '<<': return left << right;
      case '>>': return left >> right;
      case '>>>': return left >>> right;
      case '<': return left < right;
      case '<=': return left <= right;
      case '>': return left > right;
      default: return left >= right;
    }
  };
  const binary = (operator: string, left: unknown, right: unknown): unknown => {
    step();
    if (operator === '==') return equal(left, right);
    if (operator === '!=') return !equal(left, right);
    if (operator === 'instanceof') return isA(left, right);
    if (operator === 'in') return found(whole(right), key(left)) !== undefined;
    return arithmetic(operator, plain(left) as number, plain(right) as number);
  };
  const unary = (operator: string, value: unknown): unknown => { const number = plain(value) as number; return operator === '-' ? -number : operator === '~' ? ~number : +number; };

  const { math, number } = built;
  const keysOf = (value: unknown): string[] => { const all = built.keys(whole(value)); return all.length > 100_000 ? not('more than 100000 keys') : all; };
  const fields = (value: unknown): [string, unknown][] => {
    const names = keysOf(value);
    return names.length > mostEntries ? not(`more than ${mostEntries} keys`) : names.map((name) => [name, get(value, name)]);
  };
  const numbers: Record<string, Work> = {
    'String': (value) => (typeof value === 'symbol' ? built.run(built.symbol['toString'], value, []) : built.text(plain(value))), 'Boolean': (value) => !!value, 'Number': (value) => number.Number(plain(value)),
    'parseInt': (value, radix) => number.parseInt(built.text(plain(value)), plain(radix) as number), 'parseFloat': (value) => number.parseFloat(built.text(plain(value))), 'isNaN': (value) => number.isNaN(plain(value) as number), 'isFinite': (value) => number.isFinite(plain(value) as number),
    'Number.isInteger': number.isInteger, 'Number.isSafeInteger': number.isSafeInteger, 'Number.isNaN': number.strictlyNaN, 'Number.isFinite': number.strictlyFinite,
    'Number.parseInt': (value, radix) => number.parseInt(built.text(plain(value)), plain(radix) as number), 'Number.parseFloat': (value) => number.parseFloat(built.text(plain(value))),
    'Object.keys': keysOf, 'Object.values': (value) => fields(value).map(([, each]) => each), 'Object.entries': fields, 'Object.hasOwn': (value, name) => built.hasOwn(whole(value), key(name)),
    'Array.isArray': (value) => !types.isProxy(value) && built.isArray(value), 'JSON.stringify': (value) => built.stringify(snapshotOf(value)), 'Date.now': () => built.unixMs(),
  };

  return {
    begin: (): void => { steps = 0; },
    get, call, binary, unary, chain: (value: unknown): unknown => (value === short ? undefined : value),
    global: (name: string, read: () => unknown): unknown => { const property = built.descriptor(global, name); return property?.get === undefined ? read() : not('getter'); },
    static: (name: string, given: unknown[]): unknown => { step(); return name.startsWith('Math.') ? built.run(math[name.slice(5)], undefined, given.map(plain)) : numbers[name]!(...given); },
    text: (quasis: string[], values: unknown[]): string => { let all = quasis[0] ?? ''; for (let index = 0; index < values.length; index++) all = bounded(all + built.text(plain(values[index])) + quasis[index + 1]!); return all; },
    object: (pairs: [unknown, unknown][]): object => { const made: object = { __proto__: null }; for (let index = 0; index < pairs.length; index++) built.defineProperty(made, key(pairs[index]![0]), { value: pairs[index]![1], enumerable: true, configurable: true }); return made; },
  };
}
export type Reader = ReturnType<typeof reader>;
