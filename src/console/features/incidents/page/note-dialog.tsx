// Writing a note into the timeline.
import { useState } from 'react';
import { explainFailure, useAddNote } from '../../../api/index.ts';
import type { Incident } from '../../../../model/index.ts';
import { Button, Dialog, TextArea } from '../../../ui/index.ts';

export function NoteDialog({ incident, onClose }: { readonly incident: Incident; readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const add = useAddNote();
  const failure = explainFailure(add.error);
  const why = text.trim() === '' ? 'Write something first.' : add.isPending ? 'One moment: it is being written.' : null;
  const write = () => { if (why === null) add.mutate({ id: incident.id, text: text.trim() }, { onSuccess: onClose }); };
  return (
    <Dialog open onOpenChange={open => { if (!open) onClose(); }} title={`Note in #${incident.number}`} icon="edit" footer={<><Button kbd="Esc" onClick={onClose}>Cancel</Button><Button variant="primary" kbd="Ctrl Enter" disabledReason={why} onClick={write}>Write</Button></>}>
      <TextArea label="Note" error={add.error === null ? null : `${failure.title}. ${failure.help}`} hint="It stands in the timeline at this moment, and travels with the bundle." rows={4} maxLength={4000} value={text} onChange={event => setText(event.target.value)} onKeyDown={event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); write(); } }} />
    </Dialog>
  );
}
