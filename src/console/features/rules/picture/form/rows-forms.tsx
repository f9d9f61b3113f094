// Order, number, pattern and list: sort, top, take, parse, mv-expand.
import { kqlString, unquote, type ParseField } from '../../../../../kql/index.ts';
import { Select, Segmented } from '../../../../ui/index.ts';
import { nameKql, nameShown } from './columns-form.tsx';
import { CommitInput } from './commit-input.tsx';
import { FieldInput } from './field-input.tsx';
import type { FormProps } from './form-props.ts';
import { changed, Rows, without } from './rows.tsx';

const directions = [{ value: 'desc', label: 'largest first' }, { value: 'asc', label: 'smallest first' }] as const;

function Direction({ descending, onChange }: { readonly descending: boolean; readonly onChange: (descending: boolean) => void }) {
  return <Segmented label="Order" value={descending ? 'desc' : 'asc'} options={directions} onChange={(next) => onChange(next === 'desc')} />;
}

export function SortForm({ form, context, onChange }: FormProps<'sort'>) {
  const { keys } = form;
  return (
    <Rows one="field" count={keys.length} add="Then by" onAdd={() => onChange({ ...form, keys: [...keys, { expression: '', descending: true }] })} onRemove={(i) => onChange({ ...form, keys: without(keys, i) })}
      row={(i) => (
        <>
          <FieldInput label="Field" kql={keys[i]!.expression} columns={context.columns} fields={context.fields} use="compare" onCommit={(expression) => onChange({ ...form, keys: changed(keys, i, { ...keys[i]!, expression }) })} />
          <Direction descending={keys[i]!.descending} onChange={(descending) => onChange({ ...form, keys: changed(keys, i, { ...keys[i]!, descending }) })} />
        </>
      )} />
  );
}

export function CountForm({ form, context, onChange }: FormProps<'count'>) {
  return (
    <div className="qp-row">
      <CommitInput label="How many" value={form.count} onCommit={(count) => onChange({ ...form, count })} />
      {form.by !== null && <><span className="t3">by</span><FieldInput label="Field" kql={form.by} columns={context.columns} fields={context.fields} use="compare" onCommit={(by) => onChange({ ...form, by })} /><Direction descending={form.descending} onChange={(descending) => onChange({ ...form, descending })} /></>}
    </div>
  );
}

const partKinds = [{ value: 'skip', label: 'anything', detail: '*' }, { value: 'text', label: 'the words' }, { value: 'column', label: 'into a field' }] as const;
const types = ['', 'string', 'long', 'int', 'real', 'datetime', 'timespan', 'bool'] as const;

const freshPart = (kind: string): ParseField => (kind === 'text' ? { part: 'text', text: '"="' } : kind === 'column' ? { part: 'column', name: 'Value', type: '' } : { part: 'skip' });

export function ParseForm({ form, context, onChange }: FormProps<'parse'>) {
  const { parts } = form;
  const set = (next: readonly ParseField[]): void => onChange({ ...form, parts: next });
  return (
    <>
      <h3>Read</h3>
      <FieldInput label="Text to read" kql={form.source} columns={context.columns} fields={context.fields} use="compare" onCommit={(source) => onChange({ ...form, source })} />
      <h3>As, from left to right</h3>
      <Rows one="part" count={parts.length} add="Add a part" onAdd={() => set([...parts, freshPart('text')])} onRemove={(i) => set(without(parts, i))}
        row={(i) => <><Select label="Part" value={parts[i]!.part} options={partKinds} onChange={(kind) => set(changed(parts, i, freshPart(kind)))} /><PartInput part={parts[i]!} onChange={(part) => set(changed(parts, i, part))} /></>} />
    </>
  );
}

function PartInput({ part, onChange }: { readonly part: ParseField; readonly onChange: (part: ParseField) => void }) {
  if (part.part === 'skip') return <span className="t3 grow">whatever stands there</span>;
  if (part.part === 'text') return <CommitInput label="Words" value={unquote(part.text) ?? part.text} onCommit={(typed) => onChange({ ...part, text: kqlString(typed) })} />;
  return (
    <>
      <CommitInput label="Field" value={nameShown(part.name)} onCommit={(typed) => onChange({ ...part, name: nameKql(typed) })} />
      <TypeSelect type={part.type} onChange={(type) => onChange({ ...part, type })} />
    </>
  );
}

/** Radix has no empty value, so "as it is" stands for none. */
function TypeSelect({ type, onChange }: { readonly type: string; readonly onChange: (type: string) => void }) {
  const known = types.some((each) => each === type) ? types : [...types, type];
  return <Select label="Type" value={type === '' ? 'as-is' : type} options={known.map((each) => ({ value: each === '' ? 'as-is' : each, label: each === '' ? 'as it is' : each }))} onChange={(next) => onChange(next === 'as-is' ? '' : next)} />;
}

export function ExpandForm({ form, context, onChange }: FormProps<'expand'>) {
  const { columns } = form;
  return (
    <Rows one="list" count={columns.length} add="Add a list beside it" onAdd={() => onChange({ ...form, columns: [...columns, { name: '', expression: '', type: '' }] })} onRemove={(i) => onChange({ ...form, columns: without(columns, i) })}
      row={(i) => {
        const column = columns[i]!;
        const set = (more: Partial<typeof column>): void => onChange({ ...form, columns: changed(columns, i, { ...column, ...more }) });
        return (
          <>
            <CommitInput label="Name" value={nameShown(column.name)} placeholder="same name" onCommit={(typed) => set({ name: nameKql(typed) })} />
            <span className="t3 mono">=</span>
            <FieldInput label="List" kql={column.expression} columns={context.columns} fields={context.fields} use="compare" onCommit={(expression) => set({ expression })} />
            <TypeSelect type={column.type} onChange={(type) => set({ type })} />
          </>
        );
      }} />
  );
}
