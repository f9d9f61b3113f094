// The views that somebody keeps: open, save what is shown, change, rename, delete, export, import.
import { useState } from 'react';
import { inputOfView, viewFileName, type SavedView, type Signal } from '../../../../model/index.ts';
import { explainFailure, useDeleteView, useSavedViews, useSaveView, viewsExport } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';
import { Button, Chip, ConfirmDialog, Icon, IconButton, Popover, SkeletonRows } from '../../../ui/index.ts';
import { ImportDialog } from './import-dialog.tsx';
import { ViewDialog } from './view-dialog.tsx';
import { useBase } from './use-base.ts';
import { isChanged, searchOf, type Shown } from './view-state.ts';

export interface SavedViewsProps { readonly shown: Shown; readonly openId: string | undefined; readonly usual: readonly Signal[]; readonly onOpen: (search: ReturnType<typeof searchOf>) => void; readonly onLeave: () => void }
type Asked = { readonly what: 'save' | 'import' } | { readonly what: 'rename' | 'delete'; readonly view: SavedView };

export function SavedViews({ shown, openId, usual, onOpen, onLeave }: SavedViewsProps) {
  const { data, error } = useSavedViews();
  const views = data ?? [];
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const save = useSaveView();
  const remove = useDeleteView();
  const current = views.find(({ id }) => id === openId);
  const changed = current !== undefined && isChanged(current, shown);
  const show = (view: SavedView) => { setOpen(false); onOpen(searchOf(view, usual)); };
  const [base, setBase] = useBase(current, shown, view => { show(view); toast({ title: `${view.name} was changed`, detail: 'What is shown is what it says now.' }); });
  const ask = (wish: Asked) => { setOpen(false); setAsked(wish); };
  const update = () => { if (base !== undefined) save.mutate({ ...inputOfView({ ...base, ...shown }), id: base.id, base: inputOfView(base) }, { onError: tell, onSuccess: view => { setBase(view); setOpen(false); toast({ title: `${view.name} is saved` }); } }); };
  const drop = (view: SavedView) => remove.mutate(view.id, { onError: tell, onSuccess: () => {
    if (view.id === openId) onLeave();
    toast({ title: `${view.name} is deleted`, detail: 'Undo makes it again under another link.', action: { label: 'Undo', run: () => save.mutate(inputOfView(view), { onError: tell }) } });
  } });
  const content = (
    <div className="tail-views">
      {error !== null && data === undefined ? <p className="red pad" role="alert">{explainFailure(error).title}. {explainFailure(error).help}</p> : <ViewList views={data} openId={openId} onShow={show} onAsk={ask} />}
      <div className="row tail-views-foot">
        {changed && <Button size="s" onClick={update}>Save the changes to {current.name}</Button>}
        <Button size="s" icon="pin" onClick={() => ask({ what: 'save' })}>{current === undefined ? 'Save this view' : 'Save as another'}</Button>
        <Button size="s" variant="ghost" icon="file" className="end" title="Views from YAML documents: first what would change" onClick={() => ask({ what: 'import' })}>Import</Button>
        {views.length > 0 && <a className="btn s ghost" href={viewsExport()} download="views.yaml" title="All views as YAML documents, for version control"><Icon name="down" size="s" />Export all</a>}
      </div>
    </div>
  );
  return (
    <>
      <Popover label="Saved views" align="end" content={content} open={open} onOpenChange={setOpen}><Button icon="pin" on={current !== undefined} className="tail-viewbutton" aria-label={current === undefined ? 'Saved views' : `Saved views, ${current.name}${changed ? ', changed' : ''}`}><span className="ell">{current?.name ?? 'Views'}</span>{changed && <span className="amb" title="What is shown is no longer what the view says">•</span>}</Button></Popover>
      {(asked?.what === 'save' || asked?.what === 'rename') && <ViewDialog view={asked.what === 'rename' ? asked.view : null} shown={shown} views={views} onClose={() => setAsked(null)} onSaved={view => { setAsked(null); if (asked.what === 'save') onOpen(searchOf(view, usual)); else if (view.id === openId) setBase(view); toast({ title: asked.what === 'save' ? `${view.name} is saved` : `It is called ${view.name} now` }); }} />}
      {asked?.what === 'import' && <ImportDialog onClose={() => setAsked(null)} />}
      {asked?.what === 'delete' && <ConfirmDialog open onOpenChange={() => setAsked(null)} title={`Delete the view ${asked.view.name}?`} confirmLabel="Delete" icon="trash" onConfirm={() => drop(asked.view)}>It goes for everybody; links to it show the tail without its filter. No record and no rule changes.</ConfirmDialog>}
    </>
  );
}

function tell(error: unknown): void { const { title, help } = explainFailure(error); toast({ kind: 'error', title, detail: help }); }

function ViewList({ views, openId, onShow, onAsk }: { readonly views: readonly SavedView[] | undefined; readonly openId: string | undefined; readonly onShow: (view: SavedView) => void; readonly onAsk: (wish: Asked) => void }) {
  if (views === undefined) return <SkeletonRows rows={3} label="Loading views" />;
  if (views.length === 0) return <p className="t2 pad">No view is saved yet. A view keeps this filter with its stage, signals, facets and columns under a name, for everybody; what it says with <span className="mono t1">event("…")</span> goes on after a rename.</p>;
  return (
    <ul className="scroll" aria-label="Saved views">
      {views.map(view => (
        <li key={view.id} className={view.id === openId ? 'row on' : 'row'}>
          <button type="button" className="tail-viewopen grow" title={view.kql} onClick={() => onShow(view)}><span className="ell">{view.name}</span>{view.follows.length > 0 && <Chip tone="accent">follows a rename</Chip>}<span className="mono meta t3 ell">{view.kql === '' ? 'every record' : view.kql}</span></button>
          <a className="btn icon ghost s" href={viewsExport(view.id)} download={`${viewFileName(view.name)}.yaml`} aria-label={`Export ${view.name}`} title="As a YAML document, for version control"><Icon name="down" size="s" /></a>
          <IconButton icon="edit" label={`Rename ${view.name}`} size="s" variant="ghost" tooltip={false} onClick={() => onAsk({ what: 'rename', view })} />
          <IconButton icon="trash" label={`Delete ${view.name}`} size="s" variant="ghost" tooltip={false} onClick={() => onAsk({ what: 'delete', view })} />
        </li>
      ))}
    </ul>
  );
}
