// The rule as text: its KQL, the whole document, its tests, and the comparison with another version. The tabs show one text.
import { useMemo, useRef, type ReactNode } from 'react';
import type { RuleDetail } from '../../../../model/index.ts';
import { schemaHints } from '../../../../rules/index.ts';
import { KqlEditor, TextDiff, YamlEditor, type EditorHandle, type TextHelp } from '../../../editor/index.ts';
import { Button, Icon, Menu, Pane, plural, Select, Tabs } from '../../../ui/index.ts';
import { templates } from '../draft/index.ts';
import { useTemplate } from '../list/index.ts';
import { TestsPane } from '../tests/index.ts';
import { Problems, type Problem } from './problems.tsx';
import { textOf } from './use-rule-draft.ts';
import type { RuleEditorState } from './use-rule-editor.ts';

export type TextTab = 'kql' | 'document' | 'tests' | 'compare';

export interface TextPaneProps {
  readonly editor: RuleEditorState;
  readonly rule: RuleDetail | null;
  readonly tab: TextTab;
  readonly onTab: (tab: TextTab) => void;
  /** The version to compare with. */
  readonly compared: number | null;
  readonly onCompare: (version: number) => void;
  readonly onCaret: (offset: number) => void;
  /** The part of the KQL that the picture shows as chosen. */
  readonly highlight: { readonly start: number; readonly end: number } | null;
  readonly kqlBox: { current: EditorHandle | null };
  /** Stands at the right end of the tabs. */
  readonly trailing?: ReactNode;
}

export function TextPane(props: TextPaneProps) {
  const { editor, rule, tab, onTab, compared, onCompare, trailing } = props;
  const isQuery = editor.draft.kind !== 'state-machine';
  const document = { value: 'document', label: 'Document', content: <EditDocument editor={editor} onTab={onTab} /> } as const;
  const tests = { value: 'tests', label: 'Tests', content: <TestsPane text={editor.draft.text} compiled={editor.compiled} samples={editor.dryRun.result?.samples ?? []} onEdit={editor.draft.edit} /> } as const;
  const tabs = [
    ...(isQuery ? [{ value: 'kql', label: 'KQL', content: <EditKql {...props} /> } as const] : []), document, tests,
    ...(rule === null ? [] : [{ value: 'compare', label: 'Compare', content: compared === null ? null : <Compare editor={editor} rule={rule} version={compared} onCompare={onCompare} /> } as const]),
  ];
  return <Pane label="Rule text" className="grow"><Tabs<TextTab> label="Text and comparison" value={tab} onChange={onTab} tabs={tabs} trailing={<span className="end row rules-verdict"><Starters editor={editor} /><Verdict editor={editor} />{trailing}</span>} /></Pane>;
}

/** What the tabs' errors come to, in one place beside them. */
function Verdict({ editor: { checking, errors, problems } }: { readonly editor: RuleEditorState }) {
  if (checking) return <span className="t3 meta">checking</span>;
  const notes = problems.length - errors;
  return errors > 0 ? <span className="red row gap1"><Icon name="warn" size="s" />{plural(errors, 'error')}</span> : <span className="row gap1 t2"><Icon name="check" size="s" />0 errors{notes > 0 ? `, ${plural(notes, 'note')}` : ''}</span>;
}

function useProblems({ draft, kqlDiagnostics, problems }: RuleEditorState): readonly Problem[] {
  return useMemo(() => {
    const ofDocument = problems.filter(({ path }) => draft.kind === 'state-machine' || path[0] !== 'kql').map((problem): Problem => ({ ...problem, in: 'document' }));
    return [...kqlDiagnostics.map((diagnostic): Problem => ({ ...diagnostic, in: 'kql' })), ...ofDocument];
  }, [draft.kind, kqlDiagnostics, problems]);
}

function EditKql({ editor, onTab, onCaret, highlight, kqlBox }: TextPaneProps) {
  const { draft, kqlDiagnostics, runDry } = editor;
  const problems = useProblems(editor);
  const go = (problem: Problem) => { if (problem.in === 'kql') kqlBox.current?.reveal(problem.start, problem.end); else onTab('document'); };
  return (
    <div className="col grow rules-text">
      {draft.fields === null && <p className="rules-readonly">The document is not valid YAML, so its KQL cannot be edited here. <Button size="s" onClick={() => onTab('document')}>Mend the document</Button></p>}
      <div className="grow"><KqlEditor ref={kqlBox} label="Rule text in KQL" mode="rule" documentId={draft.key} value={draft.kql} onChange={draft.setKql} onSubmit={runDry} diagnostics={kqlDiagnostics} readOnly={draft.fields === null} onCaret={onCaret} highlight={highlight} placeholder={'Logs\n| where EventName == "LogLaunch"\n| invoke drop()'} /></div>
      <Problems problems={problems} kql={draft.kql} text={draft.text} onGo={go} />
    </div>
  );
}

function EditDocument({ editor, onTab }: Pick<TextPaneProps, 'editor' | 'onTab'>) {
  const { draft, problems, runDry } = editor;
  const box = useRef<EditorHandle>(null);
  const shown = useProblems(editor);
  const go = (problem: Problem) => { if (problem.in === 'document') box.current?.reveal(problem.start, problem.end); else onTab('kql'); };
  return (
    <div className="col grow rules-text">
      <div className="grow"><YamlEditor ref={box} label="Rule document in YAML" documentId={draft.key} help={help} value={draft.text} onChange={draft.setText} onSubmit={runDry} diagnostics={problems} /></div>
      <Problems problems={shown} kql={draft.kql} text={draft.text} onGo={go} />
    </div>
  );
}

/** Field names and values of the schema at a place of the document. */
const help: TextHelp = {
  complete: (text, offset) => schemaHints(text, offset).completions.map(({ kind, ...rest }) => ({ ...rest, detail: kind })),
  hover: (text, offset) => schemaHints(text, offset).hover,
};

/** Templates for a query that is still empty. */
function Starters({ editor: { draft } }: { readonly editor: RuleEditorState }) {
  const build = useTemplate();
  if (draft.fields === null || draft.fields.kind !== 'query' || draft.kql.trim() !== '') return null;
  const entries = templates.map(template => ({ label: <>{template.title} <span className="t3">{template.says}</span></>, onSelect: () => void build(template).then(({ name, kql }) => { if (draft.fields?.name === '' && name !== undefined) draft.edit([{ path: ['name'], value: name }]); if (kql !== undefined) draft.setKql(kql); }) }));
  return <Menu entries={entries} align="end" label="Start from a template"><Button size="s" iconAfter="chev">Template</Button></Menu>;
}

function Compare({ editor, rule, version, onCompare }: { readonly editor: RuleEditorState; readonly rule: RuleDetail; readonly version: number; readonly onCompare: (version: number) => void }) {
  const other = rule.versions.find(one => one.version === version);
  const options = rule.versions.toSorted((a, b) => b.version - a.version).map(one => ({ value: String(one.version), label: `Version ${one.version}`, detail: <span className="t3">{one.version === rule.deployedVersion ? 'deployed' : one.note || one.author}</span> }));
  return (
    <div className="col grow">
      <div className="rules-compare"><Select label="Version to compare with" size="s" value={String(version)} options={options} onChange={next => onCompare(Number(next))} /><span className="t3">The text in hand{editor.draft.dirty ? ', edited' : textOf(rule) === editor.draft.text ? `, version ${rule.latestVersion}` : ''}</span></div>
      <div className="grow">{other === undefined ? <p className="pad t2">Version {version} does not exist. Choose another one above.</p> : <TextDiff language="yaml" label={`Version ${version} and the text in hand`} original={other.text} modified={editor.draft.text} />}</div>
    </div>
  );
}
