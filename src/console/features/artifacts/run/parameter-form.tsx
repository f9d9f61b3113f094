// The fields of an action. What the owner of the machine allows is offered to choose from, as the agent lists it.
import { useId } from 'react';
import { useRecorders } from '../../../api/index.ts';
import { useProcesses } from '../../../api/index.ts';
import { Button, Input, Select, TextArea } from '../../../ui/index.ts';
import { parameterFields, type ParameterField, type ParameterTexts } from './parameters.ts';
import type { ActionName } from '../../../../model/index.ts';

export interface ParameterFormProps { /** Undefined while none can be asked. */ readonly agent: string | undefined; readonly action: ActionName; readonly texts: ParameterTexts; readonly problems: Readonly<Record<string, string>>; readonly onChange: (texts: ParameterTexts) => void }

export function ParameterForm({ agent, action, texts, problems, onChange }: ParameterFormProps) {
  const fields = parameterFields[action];
  const recorders = useRecorders().data?.recorders.map(({ definition }) => definition.name) ?? [];
  const { data } = useProcesses(fields.some(field => field.allowedBy !== undefined) ? agent : undefined);
  const allowedTo = ({ allowedBy }: ParameterField) => (allowedBy === undefined ? undefined : data?.allowed?.[allowedBy]);
  if (fields.length === 0) return null;
  return <div className="run-form">{fields.map(field => <Field key={`${action} ${field.name}`} field={field.name === 'recorder' ? { ...field, suggestions: recorders } : field} allowed={allowedTo(field)} text={texts[field.name] ?? ''} problem={problems[field.name]} onChange={text => onChange({ ...texts, [field.name]: text })} />)}</div>;
}

interface FieldProps { readonly field: ParameterField; /** Undefined where nobody says. */ readonly allowed: readonly string[] | undefined; readonly text: string; readonly problem: string | undefined; readonly onChange: (text: string) => void }

function Field({ field, allowed, text, problem, onChange }: FieldProps) {
  const list = useId();
  const { type, label, hint, placeholder, options = [], suggestions: usual } = field;
  const suggestions = usual === undefined ? undefined : allowed ?? usual;
  // An empty field that is needed is not shouted at before anything was typed: the button says it.
  const error = text === '' ? null : problem;
  if (type === 'choice') return <div className="field"><span className="meta t3">{label}</span><Select label={label} value={text === '' ? 'auto' : text} onChange={value => onChange(value === 'auto' ? '' : value)} options={options.map(option => ({ value: option.value === '' ? 'auto' : option.value, label: option.label }))} /></div>;
  if (type === 'lines') return <div className="wide"><TextArea mono rows={3} label={label} placeholder={placeholder} hint={hint} error={error} value={text} onChange={event => onChange(event.target.value)} /><Allowed allowed={allowed} text={text} onChange={onChange} /></div>;
  return (
    <div className={suggestions === undefined ? undefined : 'wide'}>
      <Input mono={type === 'text'} label={label} placeholder={placeholder} hint={hint} error={error} inputMode={type === 'text' ? 'text' : 'decimal'} {...(suggestions !== undefined && { list })} value={text} onChange={event => onChange(event.target.value)} />
      {suggestions !== undefined && <datalist id={list}>{suggestions.map(each => <option key={each} value={each} />)}</datalist>}
      {field.allowedBy !== undefined && <Allowed allowed={allowed} text={text} onChange={onChange} one />}
    </div>
  );
}

/** A click adds one as a line of its own, or takes it out again; of `one` it takes the place of what is there. */
function Allowed({ allowed = [], text, onChange, one: single = false }: { readonly allowed: readonly string[] | undefined; readonly text: string; readonly onChange: (text: string) => void; readonly one?: boolean }) {
  const lines = text.split('\n').map(line => line.trim()).filter(line => line !== '');
  const toggled = (one: string) => (lines.includes(one) ? lines.filter(line => line !== one) : single ? [one] : [...lines, one]).join('\n');
  if (allowed.length === 0) return null;
  return <div className="run-allowed" role="group" aria-label="Allowed on this machine">{allowed.map(one => <Button key={one} size="s" variant="ghost" className="mono" on={lines.includes(one)} onClick={() => onChange(toggled(one))}>{one}</Button>)}</div>;
}
