// Says by hand that two names are one event, or that a field of it is called otherwise now.
import { useState } from 'react';
import type { EventDetail, NewAlias } from '../../../../../model/index.ts';
import { explainFailure, useAddAlias } from '../../../../api/index.ts';
import { toast } from '../../../../state/index.ts';
import { Button, Checkbox, Input, Select } from '../../../../ui/index.ts';

type Way = 'was' | 'is' | 'field';

export function NewAliasForm({ event }: { readonly event: EventDetail }) {
  const [open, setOpen] = useState(false);
  if (!open) return <p className="ev-add"><Button size="s" icon="plus" onClick={() => setOpen(true)}>Add a name</Button></p>;
  return <OpenForm event={event} onClose={() => setOpen(false)} />;
}

function OpenForm({ event, onClose }: { readonly event: EventDetail; readonly onClose: () => void }) {
  const [way, setWay] = useState<Way>('was');
  const [name, setName] = useState('');
  const [field, setField] = useState('');
  const [reason, setReason] = useState('');
  const [here, setHere] = useState(event.service !== '');
  const add = useAddAlias();
  const wish: NewAlias = { ...namesOf(way, event.durableId, name.trim(), field.trim()), service: here ? event.service : null, reason: reason.trim() };
  const ready = wish.former !== '' && wish.current !== '' && wish.former !== wish.current;
  const save = () => { if (ready && !add.isPending) add.mutate(wish, { onSuccess: () => { toast({ title: `${wish.former} is called ${wish.current} now`, detail: 'Rules, views and metrics that say event("…") or field("…") go on by themselves.' }); onClose(); } }); };
  return (
    <form className="ev-form" onSubmit={submit => { submit.preventDefault(); save(); }}>
      <div className="row wrapline">
        <Select<Way> label="What is renamed" value={way} onChange={setWay} options={[{ value: 'was', label: 'This event was called' }, { value: 'is', label: 'This event is now called' }, { value: 'field', label: 'Its field' }]} />
        {way === 'field' && <><Input mono autoFocus aria-label="Former name of the field" placeholder="order.total" className="ev-short" value={field} onChange={change => setField(change.target.value)} /><span className="nw t2">is now called</span></>}
        <Input mono autoFocus={way !== 'field'} aria-label={way === 'field' ? 'New name of the field' : 'The other name'} placeholder={way === 'field' ? 'order.amount' : 'checkout.started'} className="ev-short" value={name} onChange={change => setName(change.target.value)} />
      </div>
      <Input aria-label="Why" placeholder="Why, for those who come after (optional)" value={reason} onChange={change => setReason(change.target.value)} />
      <div className="row">
        {event.service !== '' && <Checkbox checked={here} onChange={setHere}>only of <span className="mono">{event.service}</span></Checkbox>}
        <span className="row end"><Button size="s" onClick={onClose}>Cancel</Button><Button size="s" variant="primary" type="submit" disabledReason={ready ? null : 'Type the other name.'}>Save</Button></span>
      </div>
      {add.error !== null && <p className="red meta" role="alert">{explainFailure(add.error).title}. {explainFailure(add.error).help}</p>}
    </form>
  );
}

function namesOf(way: Way, event: string, name: string, field: string): Pick<NewAlias, 'kind' | 'former' | 'current'> {
  if (way === 'field') return { kind: 'field', former: field, current: name };
  return way === 'was' ? { kind: 'event', former: name, current: event } : { kind: 'event', former: event, current: name };
}
