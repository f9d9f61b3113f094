// A RecordCursor over one object of the app, so that the engine's compiled rules run on it with nothing encoded. A column is read
// when a rule asks for it. There are no bytes: nothing is ever found by `slice`, and rules for it are compiled without (`compileRecordRule`).
import { decodeUtf8 } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import { columnsOf, hashBytes, attributeKey, type ColumnId, type RecordCursor, type RequestView, type Value } from '../../otlp/index.ts';
import type { Attributes, Resource, Scope } from '../hooks/index.ts';
import { toBag, toValue } from './values.ts';

const noBytes = new Uint8Array(0);

/** A request of one record that has no bytes. */
const viewOf = (signal: Signal): RequestView => ({
  signal, bytes: noBytes, recordCount: 1, resourceCount: 1, scopeCount: 1, recordStart: () => 0, recordEnd: () => 0, resourceOf: () => 0, scopeOf: () => 0,
});

/** Keys of rules, which are few and always the same arrays. */
const names = new WeakMap<Uint8Array, string>();
export function nameOf(key: Uint8Array): string {
  let name = names.get(key);
  if (name === undefined) names.set(key, (name = decodeUtf8(key, 0, key.length)));
  return name;
}

export type Reader<T> = (cursor: T) => Value;

export abstract class ObjectCursor<T extends ObjectCursor<T>> implements RecordCursor {
  readonly view: RequestView;
  readonly index = 0;
  readonly sliceStart = 0;
  readonly sliceEnd = 0;
  /** Rises with each resource: it names one. */
  resets = 0;
  resource: Attributes = {};
  scope: Scope = {};
  readonly #readers: readonly Reader<T>[];
  #known: Resource | undefined | null = null;

  constructor(signal: Signal, readers: Readonly<Record<string, Reader<T>>>) {
    this.view = viewOf(signal);
    const all: Readonly<Record<string, Reader<T>>> = { ...commonReaders, ...readers };
    this.#readers = columnsOf(signal).map(({ name }) => all[name] ?? ((): Value => null));
  }

  /** The record's own attributes; none when it has none. */
  abstract get attributes(): Attributes;
  /** The event's or span's name; null when it has none. */
  abstract get name(): string | null;

  reset(): void { /* the object is set by whoever has it */ }
  moveTo(): void { /* there is one record */ }
  slice(): boolean { return false; }
  attributeSlice(): boolean { return false; }
  otherServices(): readonly string[] { return []; }

  column(id: ColumnId): Value { return this.#readers[id]?.(this as unknown as T) ?? null; }
  attribute(key: Uint8Array): Value { return own(this.attributes, nameOf(key)); }
  resourceAttribute(key: Uint8Array): Value { return own(this.resource, nameOf(key)); }

  eventNameHash(): number {
    const { name } = this;
    if (name === null) return 0;
    const bytes = attributeKey(name);
    return hashBytes(bytes, 0, bytes.length);
  }

  /** Resources whose attributes are still being found out are read anew each time. `otherwise`: when the SDK tells of none. */
  enter(resource: Resource | undefined, scope: Scope | undefined, otherwise: Attributes): void {
    this.scope = scope ?? {};
    if (resource === this.#known) return;
    this.resource = resource?.attributes ?? otherwise;
    this.resets++;
    this.#known = resource?.asyncAttributesPending === true ? null : resource;
  }
}

const own = (attributes: Attributes, name: string): Value => (Object.hasOwn(attributes, name) ? toValue(attributes[name]) : null);
export const textOf = (given: unknown): string | null => (typeof given === 'string' && given !== '' ? given : null);

type Any = ObjectCursor<never>;
const commonReaders: Readonly<Record<string, (cursor: Any) => Value>> = {
  Attributes: (cursor) => toBag(cursor.attributes),
  Resource: (cursor) => toBag(cursor.resource),
  ServiceName: (cursor) => textOf(cursor.resource['service.name']),
  ScopeName: (cursor) => textOf(cursor.scope.name),
  ScopeVersion: (cursor) => textOf(cursor.scope.version),
  DurableId: (cursor) => cursor.name ?? (cursor.view.signal === 'logs' ? codeLocation(cursor.attributes) : null),
};

/** As otlp/durable-id.ts has it for the wire. */
function codeLocation(attributes: Attributes): string | null {
  for (const [file, line] of [['code.file.path', 'code.line.number'], ['code.filepath', 'code.lineno']] as const) {
    const [path, number] = [textOf(attributes[file]), attributes[line]];
    if (path !== null && (typeof number === 'number' || typeof number === 'string')) return `${path}:${number}`;
  }
  return null;
}
