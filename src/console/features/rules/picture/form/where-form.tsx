// Conditions: field, comparison in words with its KQL sign, value; all of them or any one of them; groups of them within.
import { useMemo } from 'react';
import { unquote, type ClauseField, type ClauseGroup, type WhereCondition } from '../../../../../kql/index.ts';
import { Button, IconButton, Segmented, Select } from '../../../../ui/index.ts';
import { adapted, comparisonsFor, sideOf } from '../comparisons.ts';
import { choiceOf, fieldChoices } from '../fields.ts';
import { FieldInput } from './field-input.tsx';
import type { FormContext, FormProps } from './form-props.ts';
import { changed, without } from './rows.tsx';
import { ValueInput } from './value-input.tsx';

const blank: ClauseField = { left: '', operator: '==', right: '' };

export function WhereForm({ form, context: given, onChange }: FormProps<'where'>) {
  const { clauses, join } = form;
  const context = { ...given, event: eventOf(clauses) };
  return (
    <>
      {clauses.length > 1 && <Segmented label="Which conditions must hold" value={join} options={[{ value: 'and', label: 'All of these hold' }, { value: 'or', label: 'Any one of them holds' }]} onChange={(next) => onChange({ ...form, join: next })} />}
      <Conditions clauses={clauses} join={join} context={context} place="" onChange={(next) => onChange({ ...form, clauses: next })} />
    </>
  );
}

/** The event that a condition asks for; empty for none. */
function eventOf(clauses: readonly WhereCondition[]): string {
  const found = clauses.find((each) => !('clauses' in each) && each.operator === '==' && ['EventName', 'DurableId', 'Name', 'MetricName'].includes(each.left));
  return found === undefined || 'clauses' in found ? '' : unquote(found.right) ?? '';
}

interface ConditionsProps {
  readonly clauses: readonly WhereCondition[]; readonly join: 'and' | 'or'; readonly context: FormContext;
  /** Numbers that name them: "" at the top, "2." inside the second. */
  readonly place: string; readonly onChange: (clauses: readonly WhereCondition[]) => void;
}

function Conditions({ clauses, join, context, place, onChange }: ConditionsProps) {
  const group: ClauseGroup = { join: join === 'and' ? 'or' : 'and', not: false, clauses: [blank, blank] };
  const put = (i: number, next: WhereCondition): void => onChange(changed(clauses, i, next));
  return (
    <>
      {clauses.map((each, i) => {
        const name = `${place}${i + 1}`;
        const leave = clauses.length > 1 ? () => onChange(without(clauses, i)) : null;
        // Conditions have no name of their own; their place is what they are.
        return 'clauses' in each
          ? <Group key={i} group={each} name={name} context={context} onChange={(next) => put(i, next)} onRemove={leave ?? (() => put(i, blank))} />
          : <Clause key={i} clause={each} name={name} context={context} onChange={(next) => put(i, next)} onRemove={leave} />;
      })}
      <div className="qp-adds">
        <Button size="s" variant="ghost" icon="plus" onClick={() => onChange([...clauses, blank])}>Add a condition</Button>
        <Button size="s" variant="ghost" icon="plus" onClick={() => onChange([...clauses, group])}>Add a group</Button>
      </div>
    </>
  );
}

/** How the conditions of a group count together; `not` in front of all of them is a choice of its own here. */
const ways = [{ value: 'and', label: 'All of these hold' }, { value: 'or', label: 'Any one of these holds' }, { value: 'not or', label: 'None of these holds' }, { value: 'not and', label: 'Not all of these hold' }] as const;

function Group({ group, name, context, onChange, onRemove }: { readonly group: ClauseGroup; readonly name: string; readonly context: FormContext; readonly onChange: (group: ClauseGroup) => void; readonly onRemove: () => void }) {
  // Of a single condition "none" and "not all" are one and the same.
  const way = group.not && group.clauses.length === 1 ? 'not or' : `${group.not ? 'not ' : ''}${group.join}` as const;
  return (
    <div className="qp-group-box" role="group" aria-label={`group ${name}`}>
      <div className="row">
        <Select label={`How group ${name} counts`} size="s" value={way} options={ways} onChange={(next) => onChange({ ...group, not: next.startsWith('not'), join: next.endsWith('or') ? 'or' : 'and' })} />
        <span className="end"><IconButton size="s" variant="ghost" icon="x" label={`Remove group ${name}`} onClick={onRemove} /></span>
      </div>
      <Conditions clauses={group.clauses} join={group.join} context={context} place={`${name}.`} onChange={(clauses) => onChange({ ...group, clauses })} />
    </div>
  );
}

interface ClauseProps { readonly clause: ClauseField; readonly name: string; readonly context: FormContext; readonly onChange: (clause: ClauseField) => void; readonly onRemove: (() => void) | null }

function Clause({ clause, name, context, onChange, onRemove }: ClauseProps) {
  const choices = useMemo(() => fieldChoices(context.columns, context.fields, 'compare'), [context.columns, context.fields]);
  const field = choiceOf(clause.left, choices);
  const type = field?.type ?? 'dynamic';
  return (
    <div className="qp-row" role="group" aria-label={`condition ${name}`}>
      <FieldInput label="Field" kql={clause.left} columns={context.columns} fields={context.fields} use="compare" event={context.event ?? ''} onCommit={(left) => onChange({ ...clause, left })} />
      <Select label="Comparison" value={clause.operator} options={comparisonsFor(type, clause.operator).map(({ sign, words }) => ({ value: sign, label: <>{words} <span className="mono t3">{sign}</span></> }))} onChange={(operator) => onChange({ ...clause, operator, right: adapted(clause.right, clause.operator, operator) })} />
      <ValueInput label="Value" kql={clause.right} type={type} side={sideOf(clause.operator)} examples={field?.examples ?? []} onCommit={(right) => onChange({ ...clause, right })} />
      {onRemove === null ? <span className="qp-noway" /> : <IconButton size="s" variant="ghost" icon="x" label={`Remove condition ${name}`} onClick={onRemove} />}
    </div>
  );
}
