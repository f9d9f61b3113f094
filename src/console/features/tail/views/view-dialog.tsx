// Names a view: a new one of what is shown, or another name for one that is kept.
import { useState } from 'react';
import { followingAll } from '../../../../kql/index.ts';
import { inputOfView, type SavedView } from '../../../../model/index.ts';
import { ApiFailure, explainFailure, useSaveView } from '../../../api/index.ts';
import { Button, ChangedMeanwhile, Dialog, differences, Input } from '../../../ui/index.ts';
import { keptWords, nameProblem, type Shown } from './view-state.ts';

export interface ViewDialogProps { readonly view: SavedView | null; readonly shown: Shown; readonly views: readonly SavedView[]; readonly onClose: () => void; readonly onSaved: (view: SavedView) => void }

/** `view` null: a new one. */
export function ViewDialog({ view, shown, views, onClose, onSaved }: ViewDialogProps) {
  const [name, setName] = useState(view?.name ?? '');
  const [description, setDescription] = useState(view?.description ?? '');
  const save = useSaveView();
  const wrong = nameProblem(name, views, view?.id);
  const [following, setFollowing] = useState<string | null>(null);
  const [base, setBase] = useState(view);
  const kql = following ?? (base ?? shown).kql;
  const send = (from: SavedView | null, called: string, about: string) => save.mutate({ ...inputOfView({ ...(from ?? shown), name: called.trim(), description: about.trim(), kql: following ?? (from ?? shown).kql }), ...(from !== null && { id: from.id, base: inputOfView(from) }) }, { onSuccess: onSaved });
  const run = () => { if (wrong === null && !save.isPending) send(base, name, description); };
  const failure = save.error === null ? null : explainFailure(save.error);
  // Somebody else saved it meanwhile.
  const now = failure !== null && save.error instanceof ApiFailure && save.error.code === 'view.changed-meanwhile' ? views.find(({ id }) => id === view?.id) : undefined;
  const load = (latest: SavedView) => { setName(latest.name); setDescription(latest.description); setFollowing(null); setBase(latest); save.reset(); };
  const keep = (from: SavedView, latest: SavedView) => {
    const [called, about] = [name === from.name ? latest.name : name, description === from.description ? latest.description : description];
    setName(called); setDescription(about); setBase(latest);
    send(latest, called, about);
  };
  const follows = view === null ? followingAll(kql) : null;
  return (
    <Dialog open onOpenChange={open => { if (!open) onClose(); }} title={view === null ? 'Save this view' : `Rename ${view.name}`} icon="pin" onGo={run} footer={<><Button kbd="Esc" onClick={onClose}>Cancel</Button><Button variant="primary" onClick={run} disabledReason={wrong}>Save</Button></>}>
      <form className="col tail-viewform" onSubmit={event => { event.preventDefault(); run(); }}>
        <Input autoFocus label="Name" maxLength={120} placeholder="failed checkouts" value={name} error={name === '' ? null : wrong} onChange={event => setName(event.target.value)} />
        <Input label="What it is for (optional)" maxLength={2000} value={description} onChange={event => setDescription(event.target.value)} />
        <pre className="tail-viewkql mono">{kql.trim() === '' ? 'no filter: every record' : kql}</pre>
        <p className="meta t3">Kept with it: {keptWords(base ?? shown)}.</p>
        {follows !== null && <p className="meta t3 row wrapline">It names an event exactly. With <span className="mono t1">event("…")</span> in place of the comparison it goes on when the event is renamed. <Button size="s" icon="check" title={follows} onClick={() => setFollowing(follows)}>Follow renames</Button></p>}
        {following !== null && <p className="meta acc" role="status">It follows renames.</p>}
        {now !== undefined && base !== null ? <ChangedMeanwhile title={failure?.title ?? ''} theirs={differences(inWords(base), inWords(now))} onLoad={() => load(now)} onKeep={() => keep(base, now)} /> : failure !== null && <p className="red" role="alert">{failure.title}. {failure.help}</p>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

const inWords = (of: SavedView): Readonly<Record<string, string>> => ({ 'The name': of.name, 'What it is for': of.description, 'The filter': of.kql, 'What is kept with it': keptWords(of) });
