// The rule as text: its KQL, the whole document, its tests, and the comparison with another version. The tabs show one text.
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { QuickFix, RuleDetail } from '../../../../model/index.ts';
import { languageTypes } from '../../../../engine/language/index.ts';
import { schemaHints, type DryRunSample } from '../../../../rules/index.ts';
import { KqlEditor, ScriptEditor, withEdits, YamlEditor, type EditorHandle, type TextHelp } from '../../../editor/index.ts';
import { Button, Icon, Menu, Pane, plural, Tabs } from '../../../ui/index.ts';
import { named, templates } from '../draft/index.ts';
import type { DryRun } from '../dry-run/index.ts';
import { useTemplate } from '../list/index.ts';
import { TestsPane } from '../tests/index.ts';
import { ComparePane } from './compare-pane.tsx';
import type { Asked } from './comparison.ts';
import { besideDocument, besideKql, besideScript, type Problem } from './problem-list.ts';
import { Problems } from './problems.tsx';
import { toGoCount } from './to-go.ts';
import type { RuleEditorState } from './use-rule-editor.ts';

export type TextTab = 'kql' | 'script' | 'document' | 'tests' | 'compare';

export interface TextPaneProps {
  readonly editor: RuleEditorState;
  readonly rule: RuleDetail | null;
  readonly tab: TextTab;
  readonly onTab: (tab: TextTab) => void;
  /** What is compared, as far as a person said it. */
  readonly asked: Asked;
  readonly onAsk: (asked: Asked) => void;
  readonly onCaret: (offset: number) => void;
  /** The part of the KQL that the picture shows as chosen. */
  readonly highlight: { readonly start: number; readonly end: number } | null;
  readonly kqlBox: { current: EditorHandle | null };
  /** A place that the picture asks to show; each asking is a new object. */
  readonly goTo?: Place | null;
  /** Stands at the right end of the tabs. */
  readonly trailing?: ReactNode;
}

export function TextPane(props: TextPaneProps) {
  const { editor, rule, tab, onTab, asked, onAsk, goTo = null, trailing } = props;
  const [place, setPlace] = useState<Place | null>(goTo);
  const [gone, setGone] = useState(goTo);
  if (goTo !== gone) { setGone(goTo); setPlace(goTo); }
  const onGo = ({ in: box, start, end }: Problem) => { setPlace({ in: box, start, end }); onTab(box); };
  const going: Going = { place, onShown: () => setPlace(null), onGo };
  const { kind } = editor.draft;
  const document = { value: 'document', label: 'Document', content: <EditDocument editor={editor} going={going} /> } as const;
  const tests = { value: 'tests', label: 'Tests', content: <TestsPane text={named(editor.draft.text).text} compiled={editor.compiled} samples={samplesOf(editor.dryRun)} steps={editor.dryRun.machine?.steps ?? null} onEdit={editor.draft.edit} /> } as const;
  const tabs = [
    ...(kind === 'query' ? [{ value: 'kql', label: 'KQL', content: <EditKql {...props} going={going} /> } as const] : []), ...(kind === 'language' ? [{ value: 'script', label: 'Script', content: <EditScript editor={editor} onTab={onTab} going={going} /> } as const] : []), document, tests,
    ...(rule === null ? [] : [{ value: 'compare', label: 'Compare', content: <ComparePane editor={editor} rule={rule} asked={asked} onAsk={onAsk} /> } as const]),
  ];
  return <Pane label="Rule text" className="grow"><Tabs<TextTab> label="Text and comparison" value={tab} onChange={onTab} tabs={tabs} trailing={<span className="end row rules-verdict"><Starters editor={editor} /><Verdict editor={editor} />{trailing}</span>} /></Pane>;
}

/** What the tabs' errors come to, in one place beside them. */
function Verdict({ editor: { checking, errors, notes, toGo } }: { readonly editor: RuleEditorState }) {
  if (checking) return <span className="t3 meta">checking</span>;
  if (errors === 0 && toGo.length > 0) return <span className="t2 nw">{toGoCount(toGo)}</span>;
  return errors > 0 ? <span className="red row gap1"><Icon name="warn" size="s" />{plural(errors, 'error')}</span> : <span className="row gap1 t2"><Icon name="check" size="s" />0 errors{notes > 0 ? `, ${plural(notes, 'note')}` : ''}</span>;
}

/** A place to show in a box as soon as that box is there. */
export interface Place { readonly in: Problem['in']; readonly start: number; readonly end: number }

function useReveal(box: { readonly current: EditorHandle | null }, own: Problem['in'], { place, onShown }: Going): void {
  useEffect(() => {
    if (place?.in !== own) return;
    box.current?.reveal(place.start, place.end);
    onShown();
    // Shown once, for each new place.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [place]);
}

interface Going { readonly place: Place | null; readonly onShown: () => void; readonly onGo: (problem: Problem) => void }

/** Repairs through the box when it is there, so that its undo takes them back. */
function useFix({ draft, checking }: RuleEditorState, boxes: Partial<Record<Problem['in'], { readonly current: EditorHandle | null }>>) {
  if (checking) return null;
  return (problem: Problem, { edits }: QuickFix) => {
    const box = boxes[problem.in]?.current ?? null;
    const [first] = edits;
    if (box !== null && first !== undefined) { box.applyEdits(edits); box.reveal(first.start, first.start + first.text.length); }
    else if (problem.in === 'kql') draft.editKql(edits);
    else if (problem.in === 'script') draft.setScript(withEdits(draft.script, edits));
    else draft.setText(withEdits(draft.text, edits));
  };
}

function EditKql({ editor, onTab, onCaret, highlight, kqlBox, going }: TextPaneProps & { readonly going: Going }) {
  const { draft, problems, kqlDiagnostics, runDry } = editor;
  const shown = useMemo(() => besideKql(problems, kqlDiagnostics), [problems, kqlDiagnostics]);
  useReveal(kqlBox, 'kql', going);
  const fix = useFix(editor, { kql: kqlBox });
  return (
    <div className="col grow rules-text">
      {draft.fields === null && <p className="rules-readonly">The document is not valid YAML, so its KQL cannot be edited here. <Button size="s" onClick={() => onTab('document')}>Mend the document</Button></p>}
      <div className="grow"><KqlEditor ref={kqlBox} label="Rule text in KQL" mode="rule" documentId={draft.name} value={draft.kql} onChange={draft.setKql} onSubmit={runDry} diagnostics={kqlDiagnostics} readOnly={draft.fields === null} onCaret={onCaret} highlight={highlight} placeholder={'// empty; for example:\nLogs\n| where EventName == "LogLaunch"\n| invoke drop()'} /></div>
      <Problems problems={shown} kql={draft.kql} script={draft.script} text={draft.text} onGo={going.onGo} onFix={fix} />
    </div>
  );
}

function EditScript({ editor, onTab, going }: Pick<TextPaneProps, 'editor' | 'onTab'> & { readonly going: Going }) {
  const { draft, problems, scriptDiagnostics, runDry } = editor;
  const box = useRef<EditorHandle>(null);
  const shown = useMemo(() => besideScript(problems, scriptDiagnostics), [problems, scriptDiagnostics]);
  useReveal(box, 'script', going);
  const fix = useFix(editor, { script: box });
  return (
    <div className="col grow rules-text">
      {draft.fields === null && <p className="rules-readonly">The document is not valid YAML, so its script cannot be edited here. <Button size="s" onClick={() => onTab('document')}>Mend the document</Button></p>}
      <div className="grow"><ScriptEditor ref={box} label="Script in JavaScript" types={languageTypes} documentId={draft.name} value={draft.script} onChange={draft.setScript} onSubmit={runDry} diagnostics={scriptDiagnostics} readOnly={draft.fields === null} placeholder="function onRecord(record, weir) { }" /></div>
      <Problems problems={shown} kql={draft.kql} script={draft.script} text={draft.text} onGo={going.onGo} onFix={fix} />
    </div>
  );
}

function EditDocument({ editor, going }: Pick<TextPaneProps, 'editor'> & { readonly going: Going }) {
  const { draft, problems, kqlDiagnostics, runDry } = editor;
  const box = useRef<EditorHandle>(null);
  const shown = useMemo(() => besideDocument(problems, kqlDiagnostics), [problems, kqlDiagnostics]);
  useReveal(box, 'document', going);
  const fix = useFix(editor, { document: box });
  return (
    <div className="col grow rules-text">
      <div className="grow"><YamlEditor ref={box} label="Rule document in YAML" documentId={draft.name} help={help} value={draft.text} onChange={draft.setText} onSubmit={runDry} diagnostics={problems} /></div>
      <Problems problems={shown} kql={draft.kql} script={draft.script} text={draft.text} onGo={going.onGo} onFix={fix} />
    </div>
  );
}

/** Records of the last run, to make tests of. A script changes none, so they are as they came. */
function samplesOf({ result, language }: DryRun): readonly DryRunSample[] {
  if (language === null) return result?.samples ?? noSamples;
  return language.calls.flatMap(({ record, request }) => (record === null || request === null ? [] : [{ kind: 'unchanged' as const, before: record, after: record, changes: [], request }]));
}
const noSamples: readonly DryRunSample[] = [];

/** Field names and values of the schema at a place of the document. */
const help: TextHelp = {
  complete: (text, offset) => schemaHints(text, offset).completions.map(({ kind, ...rest }) => ({ ...rest, detail: kind })),
  hover: (text, offset) => schemaHints(text, offset).hover,
};

/** Templates for a query that is still empty. */
function Starters({ editor: { draft } }: { readonly editor: RuleEditorState }) {
  const build = useTemplate();
  if (draft.fields === null || draft.kind !== 'query' || draft.kql.trim() !== '') return null;
  const entries = templates.map(template => ({ label: <>{template.title} <span className="t3">{template.says}</span></>, onSelect: () => void build(template).then(({ name, kql }) => { if (draft.fields?.name === '' && name !== undefined) draft.edit([{ path: ['name'], value: name }]); if (kql !== undefined) draft.setKql(kql); }) }));
  return <Menu entries={entries} align="end" label="Start from a template"><Button size="s" iconAfter="chev">Template</Button></Menu>;
}
