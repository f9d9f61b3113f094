// One entry of a policy: which value, whose, what in it, and what becomes of it.
import { z } from 'zod';
import { redactionActions, type PolicyEntry } from '../../../../model/index.ts';
import { actionWords, DetectorPicker } from '../../../editor/redact/index.ts';
import { DraftField } from '../machine/index.ts';
import { GlobField, Labelled, NamedSelect, PlacesField } from './fields.tsx';
import { setAction, setItem } from './policy-edits.ts';
import type { PolicyFormProps } from './types.ts';

const reasonText = z.string().max(500, 'At most 500 characters.');
export const keepText = z.string().regex(/^[1-8]$/, 'A number from 1 to 8.');
export const actionOptions = redactionActions.map((action) => ({ value: action, label: actionWords[action].title }));

export function EntryForm({ entry, index, ...form }: { readonly entry: PolicyEntry; readonly index: number } & PolicyFormProps) {
  const { document, onEdit, liveKeys, services } = form;
  const set = (patch: Partial<Record<keyof PolicyEntry, unknown>>) => onEdit(setItem('entries', index, patch));
  return (
    <>
      <div className="net-fields">
        <GlobField label="Key or path" value={entry.key ?? ''} names={liveKeys} any="every key" of="key" onCommit={(key) => set({ key })} />
        <PlacesField label="Stands in" value={entry.in ?? []} onChange={(places) => set({ in: places })} />
        <GlobField label="Service" value={entry.service ?? ''} names={services} any="every service" of="service" onCommit={(service) => set({ service })} />
        <Labelled label="What in it"><DetectorPicker label={`Detectors of entry ${index + 1}`} value={entry.detectors ?? []} none="the whole value" patterns={(document.patterns ?? []).map(({ name }) => name)} onChange={(detectors) => set({ detectors })} /></Labelled>
        <NamedSelect label="What happens" value={entry.do} options={actionOptions} onChange={(action) => onEdit(setAction(index, action, entry))} />
        {entry.do === 'partial' && <DraftField label="Characters left at the end" value={String(entry.keep ?? '')} placeholder="4" optional schema={keepText} onCommit={(value) => set({ keep: value === undefined ? undefined : Number(value) })} />}
      </div>
      <p className="meta t3">{actionWords[entry.do].says}</p>
      <DraftField label={entry.do === 'ignore' ? 'Why it may stay in clear' : 'Why (for whoever reads it next)'} value={entry.reason ?? ''} optional={entry.do !== 'ignore'} schema={reasonText} onCommit={(reason) => set({ reason })} />
    </>
  );
}
