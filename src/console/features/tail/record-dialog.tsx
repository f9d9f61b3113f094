// Which flight recorder takes records like this one, and which of them: before the rule editor opens with the rule.
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useRecorders } from '../../api/index.ts';
import { Button, Dialog, Segmented, Select } from '../../ui/index.ts';
import type { TailRow } from '../../workers/tail/index.ts';
import { ownRecorder, recordingRule, recordSpans, type RecordSpan } from './words/record-rules.ts';

export interface RecordDialogProps { /** Null: closed. */ readonly row: TailRow | null; readonly onClose: () => void }

export function RecordDialog({ row, onClose }: RecordDialogProps) {
  return row === null ? null : <Open key={row.id} row={row} onClose={onClose} />;
}

function Open({ row, onClose }: { readonly row: TailRow; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const own = ownRecorder(row);
  const recorders = useRecorders().data?.recorders ?? [];
  const defined = recorders.filter(({ isDefault }) => !isDefault).map(({ definition }) => definition.name);
  const [chosen, setRecorder] = useState<string | null>(null);
  const spans = recordSpans(row);
  const [span, setSpan] = useState<RecordSpan>('event');
  const recorder = chosen ?? defined[0] ?? own;
  const go = () => { onClose(); void navigate({ to: '/rules/new', search: { ...recordingRule(row, recorder, span) } }); };
  const options = [...defined.map(name => ({ value: name, label: name, detail: 'defined' })), ...(defined.includes(own) ? [] : [{ value: own, label: own, detail: 'of the service; made by the rule' }])];
  return (
    <Dialog open onOpenChange={open => { if (!open) onClose(); }} title="Record in a flight recorder" icon="recorder" onGo={go}
      footer={<><Button kbd="Esc" onClick={onClose}>Cancel</Button><Button variant="primary" onClick={go}>Write the rule</Button></>}>
      <div className="col gap1">
        <div className="field"><span className="meta t3">Into</span><Select label="Flight recorder" value={recorder} onChange={setRecorder} options={options} /></div>
        <div className="field"><span className="meta t3">Which records</span><Segmented<RecordSpan> label="Which records" value={span} onChange={setSpan} options={spans} /></div>
        <p className="t2">Records go on as before; the recorder keeps a copy on each agent. Nothing runs until the rule is deployed.</p>
      </div>
    </Dialog>
  );
}
