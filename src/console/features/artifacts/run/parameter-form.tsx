// The fields of an action.
import { useId } from 'react';
import { Input, Select, TextArea } from '../../../ui/index.ts';
import { parameterFields, type ParameterField, type ParameterTexts } from './parameters.ts';
import type { ActionName } from '../../../../model/index.ts';

export interface ParameterFormProps { readonly action: ActionName; readonly texts: ParameterTexts; readonly problems: Readonly<Record<string, string>>; readonly onChange: (texts: ParameterTexts) => void }

export function ParameterForm({ action, texts, problems, onChange }: ParameterFormProps) {
  const fields = parameterFields[action];
  if (fields.length === 0) return null;
  return <div className="run-form">{fields.map(field => <Field key={`${action} ${field.name}`} field={field} text={texts[field.name] ?? ''} problem={problems[field.name]} onChange={text => onChange({ ...texts, [field.name]: text })} />)}</div>;
}

interface FieldProps { readonly field: ParameterField; readonly text: string; readonly problem: string | undefined; readonly onChange: (text: string) => void }

function Field({ field, text, problem, onChange }: FieldProps) {
  const list = useId();
  const { type, label, hint, placeholder, options = [], suggestions } = field;
  // An empty field that is needed is not shouted at before anything was typed: the button says it.
  const error = text === '' ? null : problem;
  if (type === 'choice') return <div className="field"><span className="meta t3">{label}</span><Select label={label} value={text === '' ? 'auto' : text} onChange={value => onChange(value === 'auto' ? '' : value)} options={options.map(option => ({ value: option.value === '' ? 'auto' : option.value, label: option.label }))} /></div>;
  if (type === 'lines') return <div className="wide"><TextArea mono rows={3} label={label} placeholder={placeholder} hint={hint} error={error} value={text} onChange={event => onChange(event.target.value)} /></div>;
  return (
    <div className={suggestions === undefined ? undefined : 'wide'}>
      <Input mono={type === 'text'} label={label} placeholder={placeholder} hint={hint} error={error} inputMode={type === 'text' ? 'text' : 'decimal'} {...(suggestions !== undefined && { list })} value={text} onChange={event => onChange(event.target.value)} />
      {suggestions !== undefined && <datalist id={list}>{suggestions.map(each => <option key={each} value={each} />)}</datalist>}
    </div>
  );
}
