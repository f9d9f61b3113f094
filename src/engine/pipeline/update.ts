// update(): writes back what a query computed. Writable columns go to their fields, any other name to an attribute; a
// column that is gone is cleared. Read-only columns stay as they are when left out and may not be assigned.
import { attributeKey, columnsOf, type RecordEdit, type Value } from '../../otlp/index.ts';
import type { Signal } from '../../model/index.ts';
import type { KqlType } from '../../kql/index.ts';
import { castTo, CompileError, type Fn, type Frame } from '../expr/index.ts';
import type { Binding, Bindings, RecordSteps } from '../record/index.ts';
import { nameColumn } from './dispatch/index.ts';
import { groupKey, isBag, toText } from '../values/index.ts';

interface Write { readonly name: string; readonly now: Fn; readonly before: Fn; readonly column: boolean }

const same = (a: Value, b: Value): boolean => a === b || groupKey(a) === groupKey(b);

function reader(binding: Binding): Fn {
  if (binding.kind === 'missing') return () => null;
  if (binding.kind === 'slot') { const slot = binding.slot; return (frame) => frame.slots[slot]!; }
  const id = binding.id;
  return (frame) => frame.cursor.column(id);
}

const locationKeys = ['code.file.path', 'code.filepath', 'code.line.number', 'code.lineno'];

/** Whether update() may change a record's durable id, by which rules are found. */
export function renames(signal: Signal, { bindings, removedAttributes }: RecordSteps): boolean {
  if (bindings.get(nameColumn[signal])?.kind !== 'record') return true;
  return signal === 'logs' && (bindings.get('Attributes')?.kind !== 'record' || locationKeys.some((key) => bindings.has(key) || removedAttributes.has(key)));
}

/** Times become text in attributes, which hold JSON kinds only. */
function asAttribute(binding: Binding): Fn {
  const read = reader(binding);
  if (binding.type !== 'datetime' && binding.type !== 'timespan') return read;
  return (frame) => { const value = read(frame); return value === null ? null : toText(value, binding.type); };
}

/** What to write for a record, or null when all is as it was. Throws CompileError for a write to a read-only column. */
export function compileUpdate(signal: Signal, steps: RecordSteps, start: Bindings): (frame: Frame) => RecordEdit | null {
  const table = new Map(columnsOf(signal).map((column) => [column.name, column]));
  const writes: Write[] = [];
  for (const [name, binding] of steps.bindings) {
    const own = start.get(name);
    if (own !== undefined && own.kind === 'record' && binding.kind === 'record' && own.id === binding.id) continue;
    if (binding.kind === 'missing' && (own === undefined || own.kind === 'missing')) continue;
    const column = table.get(name);
    if (column?.writable === false) throw new CompileError(`${name} cannot be written.`, `Writable are ${[...table.values()].filter((one) => one.writable).map((one) => one.name).join(', ')}, and any attribute by its name.`);
    writes.push(column === undefined ? attributeWrite(name, binding) : columnWrite(name, column.type, binding, reader(own!)));
  }
  for (const [name, { writable }] of table) if (writable && !steps.bindings.has(name)) writes.push({ name, now: () => null, before: reader(start.get(name)!), column: true });
  const removals = [...steps.removedAttributes].filter((name) => !steps.bindings.has(name)).map((name) => ({ name, key: attributeKey(name) }));
  return (frame) => editOf(writes, removals, frame);
}

const numeric: ReadonlySet<KqlType> = new Set(['int', 'long']);

/** A column takes its own type only; a dynamic value is converted, and one that cannot be leaves the column as it was. */
function columnWrite(name: string, type: KqlType, binding: Binding, before: Fn): Write {
  const read = reader(binding);
  if (type === binding.type || (numeric.has(type) && numeric.has(binding.type)) || (type === 'dynamic' && binding.type !== 'datetime' && binding.type !== 'timespan')) return { name, now: name === 'Attributes' ? (frame) => bagOr(read(frame), before(frame)) : read, before, column: true };
  if (binding.type !== 'dynamic') throw new CompileError(`${name} holds ${type}, not ${binding.type}.`, `Convert the value: to${type}(…).`);
  return { name, before, column: true, now: (frame) => { const value = read(frame); return value === null ? null : castTo(value, type) ?? before(frame); } };
}

const bagOr = (value: Value, otherwise: Value): Value => (value === null || isBag(value) ? value : otherwise);

function attributeWrite(name: string, binding: Binding): Write {
  const key = attributeKey(name);
  return { name, now: asAttribute(binding), before: (frame) => frame.cursor.attribute(key), column: false };
}

function editOf(writes: readonly Write[], removals: readonly { readonly name: string; readonly key: Uint8Array }[], frame: Frame): RecordEdit | null {
  const columns = new Map<string, Value>();
  const setAttributes = new Map<string, Value>();
  const removeAttributes = new Set<string>();
  for (const { name, key } of removals) if (frame.cursor.attribute(key) !== null) removeAttributes.add(name);
  for (const { name, now, before, column } of writes) {
    const value = now(frame);
    if (same(value, before(frame))) continue;
    if (column) columns.set(name, value);
    else if (value === null) removeAttributes.add(name);
    else setAttributes.set(name, value);
  }
  return columns.size + setAttributes.size + removeAttributes.size === 0 ? null : { columns, setAttributes, removeAttributes };
}
