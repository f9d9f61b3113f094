// One artifact: what it is, what may be done with it, and its contents where something here can show them.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { downloadUrl, useDeleteArtifact, usePinArtifact, useVerifyArtifact } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { Button, Chip, ConfirmDialog, copyText, formatBytes, Icon, IconButton, Pane, Progress, toast } from '../../../ui/index.ts';
import { Viewer } from '../viewers/viewer.tsx';
import { artifactState, isHeap, isProfile, kindNames } from '../words/artifact-words.ts';
import { tellFailure } from '../words/load-failure.tsx';
import { ArtifactFacts } from './artifact-facts.tsx';

export interface ArtifactPaneProps { readonly artifact: Artifact; /** To compare with. */ readonly others: readonly Artifact[]; readonly against: string | undefined; readonly onAgainst: (id: string | undefined) => void; readonly onClose: () => void }

export function ArtifactPane({ artifact, others, against, onAgainst, onClose }: ArtifactPaneProps) {
  const { name, kind, state, bytes, receivedBytes, sensitive } = artifact;
  const words = artifactState(artifact);
  return (
    <Pane className="grow" label={`Artifact ${name}`}>
      <div className="ph"><h2 className="mono ell">{name}</h2><Chip tone="line">{kindNames[kind]}</Chip><span className="row end gap1"><IconButton icon="copy" label="Copy facts as JSON" variant="ghost" size="s" onClick={() => void copyText(JSON.stringify(artifact, null, 2), 'Facts as JSON')} /><IconButton icon="x" label="Close detail" variant="ghost" size="s" onClick={onClose} /></span></div>
      {state === 'uploading' && <div className="dump-note"><div className="grow"><Progress label="Arriving" share={bytes === 0 ? 0 : receivedBytes / bytes} left={`${formatBytes(receivedBytes)} of ${formatBytes(bytes)}`} /><p className="t3">{words.says}</p></div></div>}
      {(state === 'damaged' || state === 'lost') && <p className="dump-note bad" role="alert"><Icon name="warn" size="s" className="red" />{words.says}</p>}
      {sensitive && <p className="dump-note warn"><Icon name="shield" size="s" className="amb" />It holds memory or packets: contents that no detector can mask. Whoever downloads it is written to the audit.</p>}
      <Acts artifact={artifact} onGone={onClose} />
      <ArtifactFacts artifact={artifact} />
      {state === 'stored' && <Viewer artifact={artifact} others={others} against={against} onAgainst={onAgainst} />}
    </Pane>
  );
}

function Acts({ artifact, onGone }: { readonly artifact: Artifact; readonly onGone: () => void }) {
  const [asked, setAsked] = useState(false);
  const [pin, verify, remove] = [usePinArtifact(), useVerifyArtifact(), useDeleteArtifact()];
  const { id, kind, name, pinned, state, format } = artifact;
  const away = state === 'stored' ? null : `Its file is not here whole: it is ${state}.`;
  const checked = (now: Artifact) => (now.state === 'stored' ? toast({ title: `${name} is whole`, detail: 'Every byte was read again; the hash is as announced.' }) : toast({ kind: 'error', title: `${name} is ${now.state}`, detail: artifactState(now).says }));
  return (
    <div className="dump-acts">
      {format === 'otlp-frames' && state === 'stored' && <Link className="btn s primary" to="/tail" search={{ recording: id }}><Icon name="tail" size="s" />Open in the tail</Link>}
      {isProfile({ kind, format }) && state === 'stored' && <Link className="btn s primary" to="/profiles" search={{ artifact: id }}><Icon name="flame" size="s" />Open flame graph</Link>}
      {isHeap({ format }) && state === 'stored' && <Link className="btn s primary" to="/dumps/heap" search={{ artifact: id }}><Icon name="dump" size="s" />Open</Link>}
      {away === null ? <a className="btn s" href={downloadUrl(id)} download={name}><Icon name="down" size="s" />Download</a> : <Button size="s" icon="down" disabledReason={away}>Download</Button>}
      <Button size="s" icon="check" disabledReason={verify.isPending ? 'It is being read.' : state === 'uploading' ? away : null} onClick={() => verify.mutate(id, { onSuccess: checked, onError: tellFailure })}>{verify.isPending ? 'Verifying' : 'Verify'}</Button>
      <Button size="s" icon="pin" on={pinned} onClick={() => pin.mutate({ id, pinned: !pinned }, { onError: tellFailure })}>{pinned ? 'Pinned' : 'Pin'}</Button>
      <Button size="s" icon="trash" variant="danger-outline" className="end" onClick={() => setAsked(true)}>Delete</Button>
      <ConfirmDialog open={asked} onOpenChange={setAsked} title={`Delete ${name}?`} confirmLabel="Delete" onConfirm={() => remove.mutate(id, { onSuccess: () => { toast({ title: `${name} is deleted` }); onGone(); }, onError: tellFailure })}>
        <p>Its {formatBytes(artifact.bytes)} go from the store, for everyone, and cannot be brought back.{artifact.incident !== null && ' The incident that it belongs to keeps a line of it, without the contents.'} Copies that were downloaded stay where they are.</p>
      </ConfirmDialog>
    </div>
  );
}
