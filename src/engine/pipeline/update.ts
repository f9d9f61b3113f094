// update(): writes back what a query computed. Writable columns go to their fields, any other name to an attribute; a
// column that is gone is cleared. Read-only columns stay as they are when left out and may not be assigned.
import { encodeUtf8 } from '../../base/index.ts';
import { columnsOf, type RecordEdit, type Value } from '../../otlp/index.ts';
import type { Signal } from '../../model/index.ts';
import { CompileError, type Fn, type Frame } from '../expr/index.ts';
import type { Binding, Bindings, RecordSteps } from '../record/index.ts';
import { groupKey, toText } from '../values/index.ts';

interface Write { readonly name: string; readonly now: Fn; readonly before: Fn; readonly column: boolean }

const same = (a: Value, b: Value): boolean => a === b || groupKey(a) === groupKey(b);

function reader(binding: Binding): Fn {
  if (binding.kind === 'missing') return () => null;
  if (binding.kind === 'slot') { const slot = binding.slot; return (frame) => frame.slots[slot]!; }
  const id = binding.id;
  return (frame) => frame.cursor.column(id);
}

/** Times become text in attributes, which hold JSON kinds only. */
function asAttribute(binding: Binding): Fn {
  const read = reader(binding);
  if (binding.type !== 'datetime' && binding.type !== 'timespan') return read;
  return (frame) => { const value = read(frame); return value === null ? null : toText(value, binding.type); };
}

/** What to write for a record, or null when all is as it was. Throws CompileError for a write to a read-only column. */
export function compileUpdate(signal: Signal, steps: RecordSteps, start: Bindings): (frame: Frame) => RecordEdit | null {
  const writable = new Map(columnsOf(signal).map((column) => [column.name, column.writable]));
  const writes: Write[] = [];
  for (const [name, binding] of steps.bindings) {
    const own = start.get(name);
    if (own !== undefined && own.kind === 'record' && binding.kind === 'record' && own.id === binding.id) continue;
    if (binding.kind === 'missing' && own?.kind === 'missing') continue;
    if (writable.get(name) === false) throw new CompileError(`${name} cannot be written.`, `Writable are ${[...writable].filter(([, can]) => can).map(([column]) => column).join(', ')}, and any attribute by its name.`);
    writes.push(writable.has(name) ? { name, now: reader(binding), before: reader(own!), column: true } : attributeWrite(name, binding));
  }
  for (const [name, can] of writable) if (can && !steps.bindings.has(name)) writes.push({ name, now: () => null, before: reader(start.get(name)!), column: true });
  const removals = [...steps.removedAttributes].filter((name) => !steps.bindings.has(name)).map((name) => ({ name, key: encodeUtf8(name) }));
  return (frame) => editOf(writes, removals, frame);
}

function attributeWrite(name: string, binding: Binding): Write {
  const key = encodeUtf8(name);
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
