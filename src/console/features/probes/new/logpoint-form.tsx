// What a logpoint does at its line, and with which values.
import { useId } from 'react';
import type { LogpointSpec } from '../../../../model/index.ts';
import { Input, Segmented, Select } from '../../../ui/index.ts';
import { doesWords } from '../words.ts';
import { completionsOf } from './code/index.ts';
import type { LogpointDraft, Problems } from './drafts.ts';

export interface LogpointFormProps { readonly draft: LogpointDraft; readonly does: LogpointSpec['does']; readonly problems: Problems; readonly onChange: (patch: Partial<LogpointDraft>) => void; /** Names that can be read at the line. */ readonly names: readonly string[]; readonly onDoes: (does: LogpointSpec['does']) => void }

const hints: Readonly<Record<LogpointSpec['does'], string>> = {
  record: 'A log record for each hit, with these values.', snapshot: 'A record with all locals of the frame, and its stack.', count: 'Counts hits; no records.',
  metric: 'A histogram of one number; no records.', timer: 'Milliseconds from here to another line; no records.',
};

export function LogpointForm({ draft, does, problems, names, onChange, onDoes }: LogpointFormProps) {
  const takesValues = does === 'record' || does === 'metric';
  const list = useId();
  return (
    <>
      <div className="field"><Segmented label="What it makes" value={does} options={(['record', 'snapshot', 'count', 'metric', 'timer'] as const).map(value => ({ value, label: doesWords[value] }))} onChange={onDoes} /><div className="hint">{hints[does]}</div></div>
      {takesValues && <Input mono list={list} autoComplete="off" label={does === 'metric' ? 'Number to measure' : 'Values to read'} placeholder={does === 'metric' ? 'queue.length' : 'user, moves'} value={draft.values} onChange={event => onChange({ values: event.target.value })} error={problems['values']} hint={does === 'metric' ? 'One JavaScript expression without side effects that gives a number, as at that line.' : 'JavaScript without side effects, as at that line; with commas between.'} />}
      {takesValues && <datalist id={list}>{completionsOf(draft.values, names).map(text => <option key={text} value={text} />)}</datalist>}
      {does === 'timer' && <Input mono label="Ends at" placeholder="line, or file:line" value={draft.until} onChange={event => onChange({ until: event.target.value })} error={problems['until']} />}
      {does === 'timer' && <Input mono label="Same run when equal" placeholder="request.id" value={draft.key} onChange={event => onChange({ key: event.target.value })} error={problems['key']} hint="An expression at both lines; without one, the last start counts." />}
      <Input mono label="Only when" placeholder="moves > 100" value={draft.condition} onChange={event => onChange({ condition: event.target.value })} error={problems['condition']} />
    </>
  );
}

/** What is seldom needed. */
export function LogpointMore({ draft, does, problems, onChange }: Omit<LogpointFormProps, 'onDoes' | 'names'>) {
  return (
    <>
      {(does === 'record' || does === 'snapshot') && <Input label="Message" placeholder="{user} made {moves} moves" value={draft.message} onChange={event => onChange({ message: event.target.value })} error={problems['message']} />}
      <div className="field"><label>How</label><Select<LogpointSpec['mechanism']> label="How it is done" size="s" value={draft.mechanism} onChange={mechanism => onChange({ mechanism })} options={[{ value: 'auto', label: 'By what is safe here' }, { value: 'breakpoint', label: 'V8 breakpoint that never stops' }, { value: 'live-edit', label: 'V8 live edit, for hot lines (Node 24 and before)' }]} /></div>
    </>
  );
}
