// Where a field of the record goes: its name chosen from what is there, or any KQL expression.
import { useMemo } from 'react';
import { isWhole, type BlockColumn, type LiveField } from '../../../../../kql/index.ts';
import { choiceOf, fieldChoices, type FieldUse } from '../fields.ts';
import { ChoiceField } from './choice-field.tsx';

export interface FieldInputProps {
  readonly label: string; readonly kql: string; readonly columns: readonly BlockColumn[]; readonly fields: readonly LiveField[];
  /** What the conditions beside it ask for. */
  readonly event?: string;
  readonly use: FieldUse; readonly onCommit: (kql: string) => void; readonly placeholder?: string;
}

export function FieldInput({ label, kql, columns, fields, use, event = '', onCommit, placeholder = 'choose a field' }: FieldInputProps) {
  const choices = useMemo(() => fieldChoices(columns, fields, use, event), [columns, fields, use, event]);
  const suggestions = useMemo(() => choices.map((choice) => ({ key: choice.kql, label: choice.label, detail: choice.detail, ...(choice.group === '' ? {} : { group: choice.group }) })), [choices]);
  return <ChoiceField label={label} mono shown={choiceOf(kql, choices)?.label ?? kql} suggestions={suggestions} onTake={onCommit} onTyped={(typed) => onCommit(typed.trim())} placeholder={placeholder} invalid={kql !== '' && !isWhole(kql)} />;
}
