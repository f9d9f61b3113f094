// Conditions: field, comparison in words with its KQL sign, value; all of them or any one of them.
import { useMemo } from 'react';
import type { ClauseField } from '../../../../../kql/index.ts';
import { Segmented, Select } from '../../../../ui/index.ts';
import { adapted, comparisonsFor, sideOf } from '../comparisons.ts';
import { choiceOf, fieldChoices } from '../fields.ts';
import { FieldInput } from './field-input.tsx';
import type { FormContext, FormProps } from './form-props.ts';
import { changed, Rows, without } from './rows.tsx';
import { ValueInput } from './value-input.tsx';

export function WhereForm({ form, context, onChange }: FormProps<'where'>) {
  const { clauses, join } = form;
  const set = (next: readonly ClauseField[]): void => onChange({ ...form, clauses: next });
  return (
    <>
      {clauses.length > 1 && <Segmented label="Which conditions must hold" value={join} options={[{ value: 'and', label: 'All of these hold' }, { value: 'or', label: 'Any one of them holds' }]} onChange={(next) => onChange({ ...form, join: next })} />}
      <Rows one="condition" count={clauses.length} add="Add a condition" onAdd={() => set([...clauses, { left: '', operator: '==', right: '' }])} onRemove={(i) => set(without(clauses, i))}
        row={(i) => <Clause clause={clauses[i]!} context={context} onChange={(clause) => set(changed(clauses, i, clause))} />} />
    </>
  );
}

function Clause({ clause, context, onChange }: { readonly clause: ClauseField; readonly context: FormContext; readonly onChange: (clause: ClauseField) => void }) {
  const choices = useMemo(() => fieldChoices(context.columns, context.fields, 'compare'), [context.columns, context.fields]);
  const field = choiceOf(clause.left, choices);
  const type = field?.type ?? 'dynamic';
  return (
    <>
      <FieldInput label="Field" kql={clause.left} columns={context.columns} fields={context.fields} use="compare" onCommit={(left) => onChange({ ...clause, left })} />
      <Select label="Comparison" value={clause.operator} options={comparisonsFor(type, clause.operator).map(({ sign, words }) => ({ value: sign, label: <>{words} <span className="mono t3">{sign}</span></> }))} onChange={(operator) => onChange({ ...clause, operator, right: adapted(clause.right, clause.operator, operator) })} />
      <ValueInput label="Value" kql={clause.right} type={type} side={sideOf(clause.operator)} examples={field?.examples ?? []} onCommit={(right) => onChange({ ...clause, right })} />
    </>
  );
}
