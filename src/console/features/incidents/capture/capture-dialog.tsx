// "Capture everything now": names the blast radius, asks what and where, opens an incident (or adds to one) and starts collecting.
import { useState } from 'react';
import { explainFailure, useAgents, useCollectMore, useOpenIncident, useOverview } from '../../../api/index.ts';
import type { AgentSummary, CollectPlan } from '../../../../model/index.ts';
import type { CaptureWish } from '../../../state/index.ts';
import { Button, Dialog, Icon, Input, plural, TextArea, toast } from '../../../ui/index.ts';
import { processCount, promisesOf, useTouched, WhatItTouches } from './what-it-touches.tsx';
import { WhatToCollect } from './what-to-collect.tsx';
import { AgentChoice, ServiceChoice } from './where-to-collect.tsx';
import { askable, firstChoice, radiusOf, servicesOf, titleOf, touchesProcesses, type Choice } from './plan.ts';

export interface CaptureDialogProps { readonly wish: CaptureWish; readonly onClose: () => void; /** The id of the incident that is open now. */ readonly onOpened: (incident: string) => void }

export function CaptureDialog({ wish, onClose, onOpened }: CaptureDialogProps) {
  const agents = askable(useAgents().data ?? []);
  const services = servicesOf(useOverview().data?.talkers ?? []);
  const [left, setLeft] = useState<ReadonlySet<string> | null>(null);
  const [chosenServices, setServices] = useState<readonly string[]>(wish.services);
  const [choice, setChoice] = useState<Choice>(firstChoice);
  const [title, setTitle] = useState('');
  const [note, setNote] = useState('');
  const leftOut = left ?? new Set(wish.agents.length === 0 ? [] : agents.filter(({ name }) => !wish.agents.includes(name)).map(({ id }) => id));
  const asked = agents.filter(({ id, connected }) => connected && !leftOut.has(id));
  const capture = useCapturing({ wish, onOpened, onClose });
  const touched = useTouched(asked, chosenServices);
  const plan: CollectPlan = { ...choice, agents: asked.map(({ id }) => id), services: [...chosenServices], ...(touchesProcesses(choice) && { promised: promisesOf(touched) }) };
  const radius = radiusOf(asked, chosenServices, choice);
  const ownTitle = asked.length === 0 ? '' : titleOf(asked, chosenServices);
  const go = () => capture.start({ title: title.trim() || ownTitle, note: note.trim(), plan: asked.length === 0 ? null : plan });
  return (
    <Dialog open onOpenChange={open => { if (!open) onClose(); }} title={wish.incident === null ? 'Capture everything now' : `Collect more for ${wish.incident.title}`} icon="warn" wide footer={<Footer wish={wish} asked={asked} touches={touchesProcesses(choice) ? processCount(touched) : 0} busy={capture.busy} onClose={onClose} onGo={go} />}>
      <div className="inc-capture">
        {wish.incident === null && <div className="inc-two"><Input label="Title" placeholder="What is wrong, in a few words" hint={ownTitle === '' ? undefined : `Without one: ${ownTitle}`} maxLength={200} value={title} onChange={event => setTitle(event.target.value)} /><TextArea label="Note" rows={1} placeholder="What you saw (optional)" maxLength={4000} value={note} onChange={event => setNote(event.target.value)} /></div>}
        <div className="inc-two">
          <AgentChoice agents={agents} leftOut={leftOut} onLeftOut={setLeft} />
          <ServiceChoice services={services} chosen={chosenServices} onChosen={setServices} />
        </div>
        <WhatToCollect choice={choice} agents={asked} onChange={setChoice} />
        <WhatItTouches touched={touched} choice={choice} />
        {capture.error !== null && <Refused error={capture.error} />}
        <p className="inc-radius" role="status"><b className="md t1">{radius.where}:</b> {radius.what}. {radius.cost} Nothing that runs is changed, and what is collected stays on this server.</p>
      </div>
    </Dialog>
  );
}

/** In the dialog, for what lies behind it is hidden from screen readers. */
function Refused({ error }: { readonly error: Error }) {
  const { title, help } = explainFailure(error);
  return <p role="alert" className="inc-refused"><Icon name="warn" size="s" /><span><b className="md">{title}</b> {help}</span></p>;
}

function Footer({ wish, asked, touches, busy, onClose, onGo }: { readonly wish: CaptureWish; readonly asked: readonly AgentSummary[]; /** Processes; null while they are not known. */ readonly touches: number | null; readonly busy: boolean; readonly onClose: () => void; readonly onGo: () => void }) {
  const none = asked.length === 0;
  const why = busy ? 'One moment: it is being started.' : none && wish.incident !== null ? 'Choose an agent that is connected.' : null;
  return <>{!none && <p className="grow t2" aria-label="What it touches">{touches === null ? 'Asking which processes it touches' : touches === 0 ? 'It touches no process' : <>It touches <b className="t1">{plural(touches, 'process', 'processes')}</b> on {plural(asked.length, 'agent')}, named above</>}</p>}<Button kbd="Esc" onClick={onClose}>Cancel</Button><Button variant="danger" disabledReason={why} onClick={onGo}>{wish.incident !== null ? 'Collect now' : none ? 'Open without collecting' : 'Capture now'}</Button></>;
}

function useCapturing({ wish, onOpened, onClose }: CaptureDialogProps) {
  const open = useOpenIncident();
  const more = useCollectMore();
  const start = ({ title, note, plan }: { readonly title: string; readonly note: string; readonly plan: CollectPlan | null }) => {
    if (wish.incident !== null) {
      if (plan !== null) more.mutate({ id: wish.incident.id, plan }, { onSuccess: () => { toast({ title: 'Collecting more', detail: wish.incident?.title ?? '' }); onClose(); } });
      return;
    }
    open.mutate({ ...(title !== '' && { title }), ...(note !== '' && { note }), collect: plan }, { onSuccess: ({ id }) => onOpened(id) });
  };
  return { busy: open.isPending || more.isPending, error: open.error ?? more.error, start };
}
