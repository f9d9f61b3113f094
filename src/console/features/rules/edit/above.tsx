// Text and picture of one and the same rule; which of them is shown is in the address. What was shown once stays, unseen, so that
// selection, undo and layout are there again.
import { useEffect, useRef, useState } from 'react';
import type { RuleDetail, RuleKind } from '../../../../model/index.ts';
import type { EditorHandle } from '../../../editor/index.ts';
import { ruleEditorSearch, useUrlState } from '../../../state/index.ts';
import { Pane, ResizablePanes, Segmented } from '../../../ui/index.ts';
import type { Asked } from './comparison.ts';
import { useNetCounts } from '../net/index.ts';
import { MachinePane } from './machine-pane.tsx';
import { PolicyPane } from './policy-pane.tsx';
import { QueryPicturePane } from './query-picture-pane.tsx';
import { LanguagePane } from './language-pane.tsx';
import { TextPane, type Place, type TextTab } from './text-pane.tsx';
import type { RuleEditorState } from './use-rule-editor.ts';

type View = 'text' | 'picture' | 'both';
const views: readonly { readonly value: View; readonly label: string }[] = [{ value: 'text', label: 'Text' }, { value: 'picture', label: 'Picture' }, { value: 'both', label: 'Both' }];
const scriptViews = views.map(view => view.value === 'picture' ? { ...view, label: 'Settings' } : view);

export interface AboveProps { readonly editor: RuleEditorState; readonly rule: RuleDetail | null; readonly asked: Asked; readonly onAsk: (asked: Asked) => void }

export function Above({ editor, rule, asked, onAsk }: AboveProps) {
  const [search, setSearch] = useUrlState(ruleEditorSearch);
  const [caret, setCaret] = useState<number | null>(null);
  const [chosen, setChosen] = useState<{ readonly start: number; readonly end: number } | null>(null);
  const kqlBox = useRef<EditorHandle | null>(null);
  const [goTo, setGoTo] = useState<Place | null>(null);
  const { kind } = editor.draft;
  const isNet = kind === 'state-machine';
  const counts = useNetCounts(rule);
  const view = search.view ?? (isNet ? 'picture' : 'both');
  const [hasText, hasPicture] = [useOnce(view !== 'picture'), useOnce(view !== 'text')];
  const pane = useKeptFocus(view);
  const tab = tabOf(search.tab, kind, rule);
  const setTab = (next: TextTab) => setSearch({ tab: next, ...(next !== 'compare' && { version: undefined, against: undefined }) }, { replace: true });
  const select = (range: { readonly start: number; readonly end: number }) => { setChosen(range); setCaret(range.start); };
  const reveal = (place: Place) => { setGoTo({ ...place }); setSearch({ view: view === 'picture' ? 'both' : view, tab: place.in }, { replace: true }); };
  const choice = <Segmented label="What is shown" value={view} options={kind === 'language' ? scriptViews : views} onChange={next => setSearch({ view: next }, { replace: true })} />;
  const text = <TextPane editor={editor} rule={rule} tab={tab} onTab={setTab} asked={asked} onAsk={onAsk} onCaret={offset => { setCaret(offset); setChosen(null); }} highlight={chosen} kqlBox={kqlBox} goTo={goTo} trailing={view === 'text' ? choice : null} />;
  const trailing = view === 'text' ? null : choice;
  const picture = kind === 'redaction-policy' ? <PolicyPane editor={editor} entry={search.entry} onReveal={range => reveal({ in: 'document', ...range })} trailing={trailing} /> : kind === 'language' ? <LanguagePane editor={editor} trailing={trailing} /> : isNet ? <MachinePane editor={editor} counts={counts} onReveal={range => reveal({ in: 'document', ...range })} trailing={trailing} /> : <QueryPicturePane editor={editor} caret={caret} kqlBox={kqlBox} onSelect={select} onReveal={range => reveal({ in: 'kql', ...range })} trailing={trailing} />;
  return (
    <Pane className="grow">
      <div className="rules-above" ref={pane}>
        <ResizablePanes {...pictureSize(kind)} label="Picture" minSize={320} maxSize={1200} first={hasText ? text : null} second={hasPicture ? picture : null} only={view === 'both' ? null : view === 'text' ? 'first' : 'second'} />
      </div>
    </Pane>
  );
}

/** A graph comes with its form beside it; on a small screen either leaves the text room to be read. */
const pictureSize = (kind: RuleKind) => kind === 'language' ? { id: 'rules.script', defaultSize: Math.min(420, Math.round(window.innerWidth * 0.32)) } : kind !== 'query' ? { id: kind === 'state-machine' ? 'rules.graph' : 'rules.policy', defaultSize: Math.min(860, Math.round(window.innerWidth * 0.6)) } : { id: 'rules.picture', defaultSize: Math.min(620, Math.round(window.innerWidth * 0.43)) };

/** True from the first time on. */
function useOnce(now: boolean): boolean {
  const [once, setOnce] = useState(now);
  if (now && !once) setOnce(true);
  return once || now;
}

/** The switch moves to the bar of the pane that is shown; a person who is on its keys stays on it. */
function useKeptFocus(view: View) {
  const pane = useRef<HTMLDivElement>(null);
  const before = useRef(view);
  useEffect(() => {
    if (before.current === view) return;
    before.current = view;
    if (document.activeElement === document.body) [...pane.current?.querySelectorAll<HTMLElement>('[aria-label="What is shown"] [role=radio]') ?? []].find(radio => radio.getAttribute('aria-checked') === 'true')?.focus();
  }, [view]);
  return pane;
}

function tabOf(tab: string | undefined, kind: RuleKind, rule: RuleDetail | null): TextTab {
  if (tab === 'document' || tab === 'tests' || (tab === 'compare' && rule !== null)) return tab;
  return kind === 'query' ? 'kql' : kind === 'language' && tab !== 'document' ? 'script' : 'document';
}
