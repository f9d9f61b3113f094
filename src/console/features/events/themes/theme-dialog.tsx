// Makes or changes a theme: its name, its events, what passes while it is off, and its schedule.
import { useState, type KeyboardEvent } from 'react';
import type { ThemeInput, ThemeView } from '../../../../model/index.ts';
import { ApiFailure, explainFailure, useSaveTheme, useThemes } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';
import { Button, ChangedMeanwhile, Dialog, differences, IconButton, Input, plural } from '../../../ui/index.ts';
import type { Members } from '../list/picks.ts';
import { ScheduleEditor } from './schedule-editor.tsx';
import { draftOf, inputOf, inWords, problemOf, takenOver } from './theme-draft.ts';

/** Without a theme a new one; `members` come to those that it has. */
export interface ThemeWish { readonly theme?: ThemeView; readonly members: Members }
export interface ThemeDialogProps { readonly wish: ThemeWish; readonly onClose: () => void; readonly onSaved: (id: string) => void }

export function ThemeDialog({ wish: { theme, members }, onClose, onSaved }: ThemeDialogProps) {
  const [draft, setDraft] = useState<ThemeInput>(() => draftOf(theme, members));
  const [base, setBase] = useState(theme);
  const [isTried, setTried] = useState(false);
  const latest = useThemes().data?.find(({ id }) => id === theme?.id);
  const save = useSaveTheme();
  const put = (patch: Partial<ThemeInput>) => setDraft(before => ({ ...before, ...patch }));
  const wrong = problemOf(draft);
  const send = (of: ThemeInput, from: ThemeView | undefined) => save.mutate({ ...of, name: of.name.trim(), ...(from !== undefined && { id: from.id, base: inputOf(from) }) }, { onSuccess: saved => { toast({ title: theme === undefined ? `The theme ${saved.name} is made, and ${saved.state}` : `The theme ${saved.name} is saved` }); onSaved(saved.id); } });
  const run = () => { setTried(true); if (wrong === null && !save.isPending) send(draft, base); };
  const failure = save.error === null ? null : explainFailure(save.error);
  // Somebody else saved it meanwhile.
  const now = save.error instanceof ApiFailure && save.error.code === 'theme.changed-meanwhile' ? latest : undefined;
  const load = (fresh: ThemeView) => { setDraft(inputOf(fresh)); setBase(fresh); save.reset(); };
  const keep = (from: ThemeView, fresh: ThemeView) => { const both = takenOver(draft, inputOf(from), inputOf(fresh)); setDraft(both); setBase(fresh); send(both, fresh); };
  const footer = <><Button onClick={onClose} kbd="Esc">Cancel</Button><Button variant="primary" onClick={run} disabledReason={wrong}>{theme === undefined ? 'Make the theme' : 'Save'}</Button></>;
  return (
    <Dialog open wide onOpenChange={open => { if (!open) onClose(); }} title={theme === undefined ? 'New theme' : `Theme ${theme.name}`} icon="gear" footer={footer} onGo={run}>
      <div className="ev-themeform" onKeyDown={event => { if (isEnter(event)) { event.preventDefault(); run(); } }}>
        <Input autoFocus label="Name" placeholder="checkout details" maxLength={120} value={draft.name} onChange={event => put({ name: event.target.value })} />
        <Input label="What it is for" value={draft.description} maxLength={2000} onChange={event => put({ description: event.target.value })} />
        <MemberList members={draft.members} onChange={next => put({ members: [...next] })} />
        <Input label="Records of 1,000 that still pass while it is off" type="number" min={0} max={999} className="ev-short" hint="0 holds everything back; a few keep an eye on it." value={draft.offKeepPerMille} onChange={event => put({ offKeepPerMille: Math.min(999, Math.max(0, Math.round(Number(event.target.value)) || 0)) })} />
        <div className="field"><span className="meta t3">Schedule; outside these times it stays as it was switched last</span><ScheduleEditor slots={draft.schedule} onChange={slots => put({ schedule: [...slots] })} /></div>
        {isTried && wrong !== null && <p className="amb" role="alert">{wrong}</p>}
        {now !== undefined && base !== undefined ? <ChangedMeanwhile title={failure?.title ?? ''} theirs={differences(inWords(base), inWords(now))} onLoad={() => load(now)} onKeep={() => keep(base, now)} /> : failure !== null && <p className="red" role="alert">{failure.title}. {failure.help}</p>}
      </div>
    </Dialog>
  );
}

/** In a field, where a form is sent with it; not on a button, which it presses. */
const isEnter = ({ key, target, nativeEvent, ctrlKey, metaKey, defaultPrevented }: KeyboardEvent): boolean => key === 'Enter' && !ctrlKey && !metaKey && !defaultPrevented && !nativeEvent.isComposing && target instanceof HTMLInputElement;

function MemberList({ members, onChange }: { readonly members: Members; readonly onChange: (members: Members) => void }) {
  return (
    <div className="field">
      <span className="meta t3">{plural(members.length, 'event')}; each also under the names it had and gets</span>
      <ul className="ev-members" aria-label="Events of the theme">{members.map((member, i) => <li key={`${member.name} ${member.service ?? ''}`}><span className="mono ell grow">{member.name}</span><span className="t3">{member.service ?? 'any service'}</span><IconButton icon="x" label={`Leave out ${member.name}`} size="s" variant="ghost" tooltip={false} onClick={() => onChange(members.filter((_, other) => other !== i))} /></li>)}</ul>
    </div>
  );
}
