// Expected against actual: a record is right when the fields that the test names are equal.
import type { KqlType } from '../../kql/index.ts';
import { printDatetime, printTimespan } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import { codec, columnsOf, type Value } from '../../otlp/index.ts';
import { readSpan, readTime, type ColumnRecord } from './encode-records.ts';

/** A record as its columns, without those that are missing. */
export interface DecodedRecord { readonly signal: Signal; readonly columns: Readonly<Record<string, Value>> }

/** Every record of a request that our own encoder or the engine made; bytes that are none are a bug. */
export function decodeRecords(signal: Signal, bytes: Uint8Array): readonly DecodedRecord[] {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  const cursor = codec.cursor();
  cursor.reset(walked.value);
  return Array.from({ length: walked.value.recordCount }, (_, index) => {
    cursor.moveTo(index);
    const columns = columnsOf(signal).map(({ name }, id) => [name, cursor.column(id)] as const);
    return { signal, columns: Object.fromEntries(columns.filter(([, value]) => value !== null)) };
  });
}

/** The first field in which the record is not as expected, as `Body: expected "a", came "b"`; null when it is right. */
export function firstDifference(expected: ColumnRecord, { signal, columns }: DecodedRecord): string | null {
  for (const [name, value] of Object.entries(expected)) {
    if (name === 'at' || name === 'table') continue;
    const column = columnsOf(signal).find((one) => one.name === name);
    const came = column === undefined ? bagOf(columns['Attributes'])[name] : columns[name];
    if (!equal(value, came ?? null, column?.type ?? 'dynamic')) return `${name}: expected ${show(value)}, came ${show(came ?? null, column?.type)}`;
  }
  return null;
}

export const bagOf = (value: Value | undefined): Readonly<Record<string, Value>> => (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array) ? value as Readonly<Record<string, Value>> : {});

/** Numbers by value, times as times; null is a field that is not there. */
export function equal(expected: unknown, came: Value, type: KqlType = 'dynamic'): boolean {
  if (expected === null || expected === undefined || came === null) return (expected ?? null) === came;
  if (type === 'datetime') return readTime(expected) === came;
  if (type === 'timespan') return readSpan(expected) === came;
  if (typeof expected === 'number' || typeof expected === 'bigint') return (typeof came === 'number' || typeof came === 'bigint') && sameNumber(expected, came);
  if (Array.isArray(expected)) return Array.isArray(came) && expected.length === came.length && expected.every((one, i) => equal(one, came[i] as Value));
  if (typeof expected !== 'object') return expected === came;
  const bag = bagOf(came);
  const names = new Set([...Object.keys(expected), ...Object.keys(bag)]);
  return came === bag && [...names].every((name) => equal((expected as ColumnRecord)[name], bag[name] ?? null));
}

const sameNumber = (a: number | bigint, b: number | bigint): boolean => a == b || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)));

/** A value as a test would write it. */
export function show(value: unknown, type: KqlType = 'dynamic'): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'bigint') return type === 'datetime' ? printDatetime(value) : type === 'timespan' ? printTimespan(value) : value.toString();
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `[${value.map((one) => show(one)).join(', ')}]`;
  if (typeof value === 'object') return `{${Object.entries(value).map(([name, one]) => `${name}: ${show(one)}`).join(', ')}}`;
  return JSON.stringify(value) ?? String(value);
}

const maxShown = 300;
/** A record in a line: the fields that say something, the named ones first. */
export function showRecord({ signal, columns }: DecodedRecord, named: readonly string[] = []): string {
  const types = new Map(columnsOf(signal).map(({ name, type }) => [name, type]));
  const quiet = new Set(['DurableId', 'ServiceName', 'Timestamp', 'ObservedTimestamp', 'StartTimestamp', 'EndTimestamp', 'Flags']);
  const service = bagOf(columns['Resource'])['service.name'];
  const entries = Object.entries(columns).filter(([name, value]) => named.includes(name) || (!quiet.has(name) && name !== 'Resource' && !(name === 'Attributes' && Object.keys(bagOf(value)).length === 0)));
  const shown = [...entries.map(([name, value]) => `${name}: ${show(value, types.get(name))}`), ...(service === undefined || named.includes('ServiceName') ? [] : [`ServiceName: ${show(service)}`])];
  return shorten(`{${shown.join(', ')}}`);
}

export const shorten = (text: string): string => (text.length <= maxShown ? text : `${text.slice(0, maxShown - 1)}…`);
