// Named values: extend, project, project-rename, let. And lists of names: project-away, project-keep, distinct.
import { kqlName, unquote, type NamedField } from '../../../../../kql/index.ts';
import { CommitInput } from './commit-input.tsx';
import { FieldInput } from './field-input.tsx';
import type { FormProps } from './form-props.ts';
import { changed, Rows, without } from './rows.tsx';

/** `['a b']` is shown as a b. */
export const nameShown = (kql: string): string => { const inside = /^\[\s*([\s\S]*?)\s*\]$/.exec(kql)?.[1]; return inside === undefined ? kql : (unquote(inside) ?? kql); };
export const nameKql = (typed: string): string => (typed.trim() === '' ? '' : kqlName(typed.trim()));

const words: Readonly<Record<string, { readonly one: string; readonly add: string; readonly name: string; readonly value: string }>> = {
  'project-rename': { one: 'field', add: 'Rename another', name: 'new name', value: 'old name' },
  'let': { one: 'value', add: '', name: 'name', value: 'value' },
  'project': { one: 'field', add: 'Add a field', name: 'same name', value: 'field or expression' },
};

export function ColumnsForm({ form, context, onChange }: FormProps<'columns'>) {
  const { columns } = form;
  const said = words[context.keyword] ?? { one: 'field', add: 'Add a field', name: 'name', value: 'field or expression' };
  const set = (next: readonly NamedField[]): void => onChange({ ...form, columns: next });
  const row = (i: number) => {
    const column = columns[i]!;
    return (
      <>
        <CommitInput label="Name" value={nameShown(column.name)} placeholder={said.name} onCommit={(typed) => set(changed(columns, i, { ...column, name: nameKql(typed) }))} />
        <span className="t3 mono">=</span>
        <FieldInput label="Value" kql={column.expression} columns={context.columns} fields={context.fields} use={context.keyword === 'project-rename' ? 'name' : 'compare'} placeholder={said.value} onCommit={(expression) => set(changed(columns, i, { ...column, expression }))} />
      </>
    );
  };
  if (context.keyword === 'let') return <div className="qp-row">{row(0)}</div>;
  return <Rows one={said.one} count={columns.length} add={said.add} onAdd={() => set([...columns, { name: '', expression: '' }])} onRemove={(i) => set(without(columns, i))} row={row} />;
}

export function NamesForm({ form, context, onChange }: FormProps<'names'>) {
  const { names } = form;
  const set = (next: readonly string[]): void => onChange({ ...form, names: next });
  return (
    <Rows one="field" count={names.length} add="Add a field" onAdd={() => set([...names, ''])} onRemove={(i) => set(without(names, i))}
      row={(i) => <FieldInput label="Field" kql={names[i]!} columns={context.columns} fields={context.fields} use={context.keyword === 'distinct' ? 'group' : 'name'} placeholder="field" onCommit={(name) => set(changed(names, i, name))} />} />
  );
}
