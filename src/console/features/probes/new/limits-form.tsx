// The upper bounds of a dynamic probe. It always leaves by itself.
import { Input, Select } from '../../../ui/index.ts';
import type { LimitsDraft, Problems } from './drafts.ts';

const times = [['60000', '1 m'], ['600000', '10 m'], ['3600000', '1 h'], ['28800000', '8 h'], ['86400000', '1 d']] as const;

export function LimitsForm({ draft, problems, measures, onChange }: { readonly draft: LimitsDraft; readonly problems: Problems; /** It makes no records, which could be bounded. */ readonly measures: boolean; readonly onChange: (patch: Partial<LimitsDraft>) => void }) {
  return (
    <div className="probe-two" role="group" aria-label="Limits">
      <div className="field"><label>Leaves after</label><Select label="Leaves after" size="s" value={draft.expiresAfterMs} onChange={expiresAfterMs => onChange({ expiresAfterMs })} options={times.map(([value, label]) => ({ value, label }))} /></div>
      {!measures && <><Input small label="or after so many records" inputMode="numeric" value={draft.maxHits} onChange={event => onChange({ maxHits: event.target.value })} error={problems['maxHits']} />
      <Input small label="Records a second" inputMode="numeric" value={draft.maxPerSecond} onChange={event => onChange({ maxPerSecond: event.target.value })} error={problems['maxPerSecond']} /></>}
      <Input small label="CPU of the process, %" inputMode="decimal" value={draft.maxCpuPercent} onChange={event => onChange({ maxCpuPercent: event.target.value })} error={problems['maxCpuPercent']} />
    </div>
  );
}
