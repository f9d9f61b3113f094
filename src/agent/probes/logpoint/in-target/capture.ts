// Runs in the observed process, as text: no names from outside the function. A value as JSON within bounds, read by descriptors alone: a getter
// is named and not run, a Proxy is not touched, `toJSON` and `toString` of the program are not called.
import type { CaptureBounds } from '../../../../model/index.ts';
import type { Builtins, Given } from './builtins.ts';

/** What a place learns: V8 lists all keys of an object or none, and does not tell their number before. So an object of very many is paid for
 *  once, and objects are not opened there any more. `untilMs`: when this hit has to be done. */
export interface Patience { untilMs: number; /** Keys of the object that was too large. */ tooMany: number }

/** A new one for each hit: `bytes` bounds all that it captures. */
export function capturing(built: Builtins, { types, now }: Given, bounds: CaptureBounds, patience: Patience): { capture(value: unknown): unknown; isCut(): boolean } {
  const mostKeys = 10_000;
  let left = bounds.bytes;
  let cut = false;
  const around: object[] = [];

  const size = (code: number): number => (code < 32 ? 6 : code === 34 || code === 92 ? 2 : code < 128 ? 1 : code < 2048 ? 2 : 3);
  /** As much of it as the bounds take. */
  const text = (value: string): string => {
    const most = value.length < bounds.characters ? value.length : bounds.characters;
    let at = 0;
    left -= 3;
    for (; at < most && left > 3; at++) left -= size(built.run(built.string['charCodeAt'], value, [at]) as number);
    if (at === value.length) return value;
    cut = true;
    return `${built.run(built.string['slice'], value, [0, at]) as string}…`;
  };
  const spend = (bytes: number): void => { left -= bytes; };
  /** Of its prototype, read only where it is plain data. */
  const className = (value: object): string => {
    for (let at: unknown = value, level = 0; at !== null && level < 20 && !types.isProxy(at); at = built.prototypeOf(at as object), level++) {
      const maker: unknown = built.descriptor(at as object, 'constructor')?.value;
      if (typeof maker !== 'function' || types.isProxy(maker)) continue;
      const name: unknown = built.descriptor(maker, 'name')?.value;
      if (typeof name === 'string' && name !== '') return built.run(built.string['slice'], name, [0, 100]) as string;
    }
    return 'Object';
  };
  const own = (value: object, key: PropertyKey): unknown => {
    const found = built.descriptor(value, key);
    return found === undefined ? undefined : built.hasOwn(found, 'value') ? any(found.value) : text('[getter]');
  };
  const put = (into: object, key: PropertyKey, value: unknown): void => { built.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true }); };
  const room = (count: number): boolean => {
    if (count < bounds.entries && left > 8) return true;
    cut = true;
    return false;
  };

  const list = (value: object, length: number): unknown[] => {
    const items: unknown[] = [];
    for (let index = 0; index < length && room(index); index++) put(items, index, own(value, built.text(index)) ?? null);
    return items;
  };
  const each = (iterator: unknown, next: Builtins['nextOfMap'], take: (value: unknown) => void): void => {
    for (let count = 0; ; count++) {
      const step = built.run(next, iterator, []) as { done: boolean; value: unknown };
      if (step.done || !room(count)) return;
      take(step.value);
    }
  };
  const fromMap = (value: object): object => {
    const entries: object = { __proto__: null };
    each(built.run(built.map['entries'], value, []), built.nextOfMap, (pair) => {
      const [key, item] = [(pair as unknown[])[0], (pair as unknown[])[1]];
      put(entries, typeof key === 'object' && key !== null ? label(key) : text(built.text(key)), any(item));
    });
    return entries;
  };
  const fromSet = (value: object): unknown[] => {
    const items: unknown[] = [];
    let index = 0;
    each(built.run(built.set['values'], value, []), built.nextOfSet, (item) => { put(items, index++, any(item)); });
    return items;
  };
  const fromError = (value: object): object => {
    const told: object = { __proto__: null };
    put(told, '[class]', text(className(value)));
    for (const key of ['message', 'code', 'cause']) if (built.hasOwn(value, key)) put(told, key, own(value, key));
    return told;
  };
  const fromObject = (value: object): object => {
    const fields: object = { __proto__: null };
    const name = className(value);
    if (name !== 'Object') { spend(12); put(fields, '[class]', text(name)); }
    const names = built.keys(value);
    if (names.length > mostKeys) patience.tooMany = names.length;
    for (let at = 0; at < names.length && room(at); at++) put(fields, text(names[at]!), own(value, names[at]!) ?? null);
    return fields;
  };
  const label = (value: object): string => {
    if (types.isProxy(value)) return '[Proxy]';
    const length = built.isArray(value) ? `(${(value as unknown[]).length})` : types.isMap(value) ? `(${built.run(built.mapSize, value, []) as number})` : types.isSet(value) ? `(${built.run(built.setSize, value, []) as number})` : built.typedName(value) === undefined ? '' : `(${built.run(built.typedLength, value, []) as number})`;
    return `[${className(value)}${length}]`;
  };

  const inside = (value: object): unknown => {
    if (built.isArray(value)) return list(value, (value as unknown[]).length);
    if (built.typedName(value) !== undefined) return list(value, built.run(built.typedLength, value, []) as number);
    if (types.isMap(value)) return fromMap(value);
    if (types.isSet(value)) return fromSet(value);
    return types.isNativeError(value) ? fromError(value) : fromObject(value);
  };
  /** Its keys have to be listed. */
  const isFields = (value: object): boolean => !built.isArray(value) && built.typedName(value) === undefined && !types.isMap(value) && !types.isSet(value) && !types.isNativeError(value);
  const slow = (value: object, why: string): string => { cut = true; return `[${className(value)}, not opened: ${why}]`; };
  const shallow = (value: object): string | null => {
    if (types.isProxy(value) || types.isPromise(value)) return label(value);
    if (types.isDate(value)) { const time = built.run(built.date['getTime'], value, []) as number; return time === time ? built.run(built.date['toISOString'], value, []) as string : 'Invalid Date'; }
    if (types.isRegExp(value)) return `/${built.run(built.source, value, []) as string}/`;
    // Bytes may be any text, one that must not be seen, too.
    const typedName = built.typedName(value);
    if (typedName === 'Uint8Array' || typedName === 'Int8Array' || typedName === 'Uint8ClampedArray') return label(value);
    if (now() > patience.untilMs) return slow(value, 'this hit took too long');
    if (patience.tooMany > 0 && isFields(value)) return slow(value, `one here had ${patience.tooMany} keys`);
    for (const outer of around) if (outer === value) return '[circular]';
    return around.length > bounds.depth - 1 && !types.isModuleNamespaceObject(value) ? label(value) : null;
  };
  const object = (value: object): unknown => {
    const short = shallow(value);
    if (short !== null) return text(short);
    spend(2);
    put(around, around.length, value);
    try { return inside(value); } finally { around.length--; }
  };
  const named = (value: unknown): string => {
    if (types.isProxy(value)) return '[Proxy]';
    const name: unknown = built.descriptor(value as object, 'name')?.value;
    return `[function${typeof name === 'string' && name !== '' ? ` ${name}` : ''}]`;
  };
  const any = (value: unknown): unknown => {
    spend(2);
    switch (typeof value) {
      case 'string': return text(value);
      case 'number': spend(12); return built.number.strictlyFinite(value) ? value : built.text(value);
      case 'boolean': spend(4); return value;
      case 'undefined': spend(4); return null;
      case 'bigint': return bounds.bytes < 0 ? null : text(value > 10n ** 300n || value < -(10n ** 300n) ? '[a bigint of more than 300 digits]' : built.text(value));
      case 'symbol': return text(built.run(built.symbol['toString'], value, []) as string);
      case 'function': return text(named(value));
      default: spend(4); return value === null ? null : object(value as object);
    }
  };
  return { capture: any, isCut: () => cut };
}
