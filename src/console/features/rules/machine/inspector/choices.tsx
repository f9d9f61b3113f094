// A list to choose from, with its name above it.
import type { MachineDocument } from '../../../../../model/index.ts';
import { Select } from '../../../../ui/index.ts';

export interface StateChoiceProps { readonly label: string; readonly document: MachineDocument; readonly value: string; readonly onChange: (name: string) => void }

/** One of the machine's states. One that does not exist is shown as it is, to be replaced. */
export function StateChoice({ label, document, value, onChange }: StateChoiceProps) {
  const names = Object.keys(document.states);
  const options = [...names.map((name) => ({ value: name, label: name })), ...(names.includes(value) ? [] : [{ value, label: `${value}, which does not exist` }])];
  return <div className="net-choice"><span className="meta t3" aria-hidden="true">{label}</span><Select label={label} size="s" value={value} options={options} onChange={onChange} /></div>;
}
