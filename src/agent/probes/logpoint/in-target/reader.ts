// Runs in the observed process, as text: no names from outside the function. What a rewritten expression (`expression/check.ts`) calls to read,
// compare and count: nothing of the program is run, and an expression that would take long gives up.
import type { Builtins, Given } from './builtins.ts';

type Work = (...given: unknown[]) => unknown;

/** `snapshotOf` is the capture of JSON.stringify. What cannot be read is thrown as `{ weir: words }`. */
export function reader(built: Builtins, { types, global, theirs }: Given, snapshotOf: (value: unknown) => unknown) {
  const mostSteps = 20_000;
  const mostText = 100_000;
  const mostEntries = 1000;
  const short = Symbol('short');
  let steps = 0;
  const not = (why: string): never => { throw { weir: why }; };
  const step = (): void => { if (++steps > mostSteps) not('too much work for a probe'); };
  const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function';
  const mostBigint = 10n ** 300n;
  /** A bigint is as long as a program likes, and takes the square of its length to be spelled or multiplied. */
  const plain = (value: unknown): string | number | bigint | boolean | symbol | null | undefined => {
    if (typeof value === 'bigint') return value > mostBigint || value < -mostBigint ? not('a bigint of more than 300 digits') : value;
    return isObject(value) ? types.isDate(value) ? built.run(built.date['getTime'], value, []) as number : not('an object where a plain value is needed') : value as string;
  };
  /** Arrays of the program's realm are read by index alone: its methods and iterators may be its own. */
  const copied = (list: readonly unknown[], each: (value: unknown) => unknown = (value) => value): unknown[] => { const all: unknown[] = []; for (let at = 0; at < list.length; at++) all[at] = each(list[at]); return all; };
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
    const known = built.getters.get(property.get);
    return property.get === undefined ? undefined : known === undefined ? not('getter') : built.run(known, on, []);
  };
  const get = (on: unknown, name: unknown, optional = false): unknown => {
    step();
    if (on === short) return short;
    if (on === null || on === undefined) return optional ? short : not(`a property of ${built.text(on)}`);
    const at = key(name);
    if (typeof on === 'string') return built.descriptor(built.boxed(on) as object, at)?.value;
    if (typeof on === 'symbol' && at === 'description') return built.run(built.description, on, []);
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
  const kindOf = (on: unknown): 'string' | 'numeric' | 'bigint' | 'boolean' | 'symbol' | 'array' | 'map' | 'set' | 'date' | null => {
    switch (typeof on) {
      case 'string': return 'string';
      case 'bigint': return 'bigint';
      case 'boolean': return 'boolean';
      case 'symbol': return 'symbol';
      case 'number': return 'numeric';
      default: return types.isProxy(on) ? not('a Proxy') : types.isMap(on) ? 'map' : types.isSet(on) ? 'set' : types.isDate(on) ? 'date' : built.isArray(on) ? 'array' : null;
    }
  };
  /** These take as long as the text is. */
  const shortWork = ['at', 'charAt', 'charCodeAt', 'codePointAt', 'endsWith', 'slice', 'startsWith', 'substring', 'toString', 'valueOf'];
  /** The object's method is that of its kind: a class, or a program, may have its own, which is not called. */
  const isPure = (on: object, kind: Exclude<ReturnType<typeof kindOf>, null>, name: string, mine: unknown): boolean => {
    const its = get(on, name);
    return its === mine || its === built.descriptor(theirs[kind], name)?.value;
  };
  const call = (on: unknown, name: string, given: unknown[], optional = false): unknown => {
    step();
    if (on === short || (optional && (on === null || on === undefined))) return short;
    if (on === null || on === undefined) not(`${name} of ${built.text(on)}`);
    const kind = kindOf(on);
    if (name === 'hasOwnProperty' && isObject(on)) return built.hasOwn(on, key(given[0]));
    const mine = kind === null ? undefined : built[kind][name];
    if (kind === null || mine === undefined || (isObject(on) && !isPure(on, kind, name, mine))) return not(`${name} here is not a pure built-in`);
    if (kind === 'array') return ofArray(on as unknown as object, name, copied(given));
    if (typeof on === 'string' && !shortWork.includes(name)) bounded(on);
    return built.run(mine, isObject(on) ? on : plain(on), copied(given, kind === 'map' || kind === 'set' ? undefined : plain));
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
  const numbers: Record<string, Work> = {
    'String': (value) => (typeof value === 'symbol' ? built.run(built.symbol['toString'], value, []) : built.text(plain(value))), 'Boolean': (value) => !!value, 'Number': (value) => number.Number(plain(value)),
    'parseInt': (value, radix) => number.parseInt(built.text(plain(value)), plain(radix) as number), 'parseFloat': (value) => number.parseFloat(built.text(plain(value))), 'isNaN': (value) => number.isNaN(plain(value) as number), 'isFinite': (value) => number.isFinite(plain(value) as number),
    'Number.isInteger': number.isInteger, 'Number.isSafeInteger': number.isSafeInteger, 'Number.isNaN': number.strictlyNaN, 'Number.isFinite': number.strictlyFinite,
    'Number.parseInt': (value, radix) => number.parseInt(built.text(plain(value)), plain(radix) as number), 'Number.parseFloat': (value) => number.parseFloat(built.text(plain(value))),
    'Object.hasOwn': (value, name) => built.hasOwn(whole(value), key(name)),
    'Array.isArray': (value) => !types.isProxy(value) && built.isArray(value), 'JSON.stringify': (value) => built.stringify(snapshotOf(value)), 'Date.now': () => built.unixMs(),
  };

  return {
    begin: (): void => { steps = 0; },
    get, call, binary, unary, chain: (value: unknown): unknown => (value === short ? undefined : value),
    global: (name: string, read: () => unknown): unknown => { const property = found(global, name); return property === undefined || built.hasOwn(property, 'value') ? read() : not('getter'); },
    static: (name: string, given: unknown[]): unknown => { step(); return name.startsWith('Math.') ? built.run(math[name.slice(5)], undefined, copied(given, plain)) : numbers[name]!(...copied(given)); },
    text: (quasis: string[], values: unknown[]): string => { let all = quasis[0] ?? ''; for (let index = 0; index < values.length; index++) all = bounded(all + built.text(plain(values[index])) + quasis[index + 1]!); return all; },
    object: (pairs: [unknown, unknown][]): object => { const made: object = { __proto__: null }; for (let index = 0; index < pairs.length; index++) built.defineProperty(made, key(pairs[index]![0]), { value: pairs[index]![1], enumerable: true, configurable: true }); return made; },
  };
}
export type Reader = ReturnType<typeof reader>;
