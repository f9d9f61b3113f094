// Names a view: a new one of what is shown, or another name for one that is kept.
import { useState } from 'react';
import { followingAll } from '../../../../kql/index.ts';
import type { SavedView } from '../../../../model/index.ts';
import { explainFailure, useSaveView } from '../../../api/index.ts';
import { Button, Dialog, Input } from '../../../ui/index.ts';
import { nameProblem, type Shown } from './view-state.ts';

export interface ViewDialogProps { readonly view: SavedView | null; readonly shown: Shown; readonly views: readonly SavedView[]; readonly onClose: () => void; readonly onSaved: (view: SavedView) => void }

/** `view` null: a new one. */
export function ViewDialog({ view, shown, views, onClose, onSaved }: ViewDialogProps) {
  const [name, setName] = useState(view?.name ?? '');
  const [description, setDescription] = useState(view?.description ?? '');
  const save = useSaveView();
  const wrong = nameProblem(name, views, view?.id);
  const [following, setFollowing] = useState<string | null>(null);
  const { signals, columns } = view ?? shown;
  const kql = following ?? (view ?? shown).kql;
  const run = () => { if (wrong === null && !save.isPending) save.mutate({ name: name.trim(), description: description.trim(), kql, signals: [...signals], columns: [...columns], ...(view !== null && { id: view.id }) }, { onSuccess: onSaved }); };
  const failure = save.error === null ? null : explainFailure(save.error);
  const follows = view === null ? followingAll(kql) : null;
  return (
    <Dialog open onOpenChange={open => { if (!open) onClose(); }} title={view === null ? 'Save this view' : `Rename ${view.name}`} icon="pin" onGo={run} footer={<><Button kbd="Esc" onClick={onClose}>Cancel</Button><Button variant="primary" onClick={run} disabledReason={wrong}>Save</Button></>}>
      <form className="col tail-viewform" onSubmit={event => { event.preventDefault(); run(); }}>
        <Input autoFocus label="Name" maxLength={120} placeholder="failed checkouts" value={name} error={name === '' ? null : wrong} onChange={event => setName(event.target.value)} />
        <Input label="What it is for (optional)" maxLength={2000} value={description} onChange={event => setDescription(event.target.value)} />
        <pre className="tail-viewkql mono">{kql.trim() === '' ? 'no filter: every record' : kql}</pre>
        {follows !== null && <p className="meta t3 row wrapline">It names an event exactly. With <span className="mono t1">event("…")</span> in place of the comparison it goes on when the event is renamed. <Button size="s" icon="check" title={follows} onClick={() => setFollowing(follows)}>Follow renames</Button></p>}
        {following !== null && <p className="meta acc" role="status">It follows renames.</p>}
        {failure !== null && <p className="red" role="alert">{failure.title}. {failure.help}</p>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
