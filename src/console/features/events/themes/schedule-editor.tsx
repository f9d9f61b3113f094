// When a theme switches by itself: days, times of day, zone, and the state in that time.
import type { ThemeState } from '../../../../model/index.ts';
import { Button, IconButton, Input, Segmented } from '../../../ui/index.ts';
import { dayNames, slotProblem, weekDays, type Slot } from './schedule-words.ts';

export interface ScheduleEditorProps { readonly slots: readonly Slot[]; readonly onChange: (slots: readonly Slot[]) => void }

const most = 20;
const fresh = (): Slot => ({ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', zone: Intl.DateTimeFormat().resolvedOptions().timeZone, state: 'on' });

export function ScheduleEditor({ slots, onChange }: ScheduleEditorProps) {
  const put = (at: number, patch: Partial<Slot>) => onChange(slots.map((slot, i) => (i === at ? { ...slot, ...patch } : slot)));
  return (
    <div className="ev-schedule" role="group" aria-label="Schedule">
      {slots.map((slot, i) => <SlotRow key={i} slot={slot} at={i} onPut={patch => put(i, patch)} onRemove={() => onChange(slots.filter((_, other) => other !== i))} />)}
      <Button size="s" icon="plus" onClick={() => onChange([...slots, fresh()])} disabledReason={slots.length >= most ? `A schedule has at most ${most} entries.` : null}>Add a time</Button>
    </div>
  );
}

function SlotRow({ slot, at, onPut, onRemove }: { readonly slot: Slot; readonly at: number; readonly onPut: (patch: Partial<Slot>) => void; readonly onRemove: () => void }) {
  const wrong = slotProblem(slot);
  const toggle = (day: number) => onPut({ days: slot.days.includes(day) ? slot.days.filter(one => one !== day) : [...slot.days, day] });
  return (
    <div className="ev-slot" role="group" aria-label={`Time ${at + 1}`}>
      <div className="row wrapline">
        <Segmented<ThemeState> label="State in that time" value={slot.state} options={[{ value: 'on', label: 'On' }, { value: 'off', label: 'Off' }]} onChange={state => onPut({ state })} />
        <span className="row gap1">{weekDays.map(day => <Button key={day} size="s" on={slot.days.includes(day)} onClick={() => toggle(day)}>{dayNames[day]}</Button>)}</span>
        <IconButton className="end" icon="trash" label="Remove this time" size="s" variant="ghost" onClick={onRemove} />
      </div>
      <div className="row">
        <Input small type="time" aria-label="From" className="ev-clock" value={slot.from} onChange={event => onPut({ from: event.target.value })} /><span className="t3">to</span><Input small type="time" aria-label="To" className="ev-clock" value={slot.to} onChange={event => onPut({ to: event.target.value })} />
        <Input small aria-label="Time zone" className="grow" value={slot.zone} onChange={event => onPut({ zone: event.target.value.trim() })} />
      </div>
      {wrong !== null && <p className="red meta" role="alert">{wrong}</p>}
    </div>
  );
}
