// The rule's text: KQL to edit, or the comparison with another version.
import { useRef } from 'react';
import type { RuleDetail } from '../../../../model/index.ts';
import { KqlDiff, KqlEditor, type EditorHandle } from '../../../editor/index.ts';
import { Button, Icon, Menu, Pane, plural, Select, Tabs } from '../../../ui/index.ts';
import { templates } from '../draft/index.ts';
import { useTemplate } from '../list/index.ts';
import { Problems } from './problems.tsx';
import type { RuleEditorState } from './use-rule-editor.ts';

export interface TextPaneProps {
  readonly editor: RuleEditorState;
  readonly rule: RuleDetail | null;
  /** The version to compare with; null shows the text. */
  readonly compared: number | null;
  readonly onCompare: (version: number | null) => void;
}

export function TextPane(props: TextPaneProps) {
  const { editor, rule, compared, onCompare } = props;
  const text = { value: 'kql', label: 'KQL', content: <EditText editor={editor} /> } as const;
  const tabs = rule === null ? [text] : [text, { value: 'compare', label: 'Compare', content: compared === null ? null : <Compare editor={editor} rule={rule} version={compared} /> } as const];
  return (
    <Pane label="Rule text" className="grow">
      <Tabs<'kql' | 'compare'> label="Rule text" value={compared === null ? 'kql' : 'compare'} tabs={tabs} trailing={<Trailing {...props} />}
        onChange={tab => onCompare(tab === 'kql' || rule === null ? null : rule.deployedVersion ?? rule.latestVersion)} />
    </Pane>
  );
}

function Trailing({ editor, rule, compared, onCompare }: TextPaneProps) {
  if (compared !== null && rule !== null) {
    const options = rule.versions.toSorted((a, b) => b.version - a.version).map(({ version }) => ({ value: String(version), label: `Version ${version}${rule.state === 'deployed' && version === rule.deployedVersion ? ', deployed' : ''}` }));
    return <span className="rules-trail"><Select label="Compare with" size="s" ghost prefix={<span className="t3">with</span>} value={String(compared)} options={options} onChange={version => onCompare(Number(version))} /></span>;
  }
  return <span className="rules-trail meta t2 row gap1"><Verdict editor={editor} />{editor.draft.kql.trim() === '' && <TemplateMenu editor={editor} />}</span>;
}

function Verdict({ editor: { draft, errors, diagnostics, checking } }: { readonly editor: RuleEditorState }) {
  if (draft.kql.trim() === '') return null;
  if (checking) return <span className="t3" role="status">checking</span>;
  const hints = diagnostics.length - errors;
  return <span className="row gap1" role="status"><span className={errors > 0 ? 'red' : 'acc'}><Icon name={errors > 0 ? 'warn' : 'check'} size="s" /></span>{plural(errors, 'error')}{hints > 0 ? `, ${plural(hints, 'hint')}` : ''}</span>;
}

function TemplateMenu({ editor }: { readonly editor: RuleEditorState }) {
  const build = useTemplate();
  const entries = templates.map(template => ({ label: <>{template.title} <span className="t3">{template.says}</span></>, onSelect: () => void build(template).then(made => editor.change({ kql: made.kql ?? '', ...(editor.draft.name === '' ? { name: made.name ?? '' } : {}) })) }));
  return <Menu entries={entries} align="end" label="Templates"><Button size="s" iconAfter="chev">Start from a template</Button></Menu>;
}

function EditText({ editor }: { readonly editor: RuleEditorState }) {
  const box = useRef<EditorHandle>(null);
  return (
    <>
      <div className="grow"><KqlEditor ref={box} label="Rule text in KQL. Control M switches whether Tab leaves this box." mode="rule" value={editor.draft.kql} onChange={kql => editor.change({ kql })} onSubmit={editor.runDry} diagnostics={editor.diagnostics} autoFocus placeholder={'Logs\n| where EventName == "LogLaunch"\n| invoke drop()'} /></div>
      <Problems text={editor.draft.kql} diagnostics={editor.diagnostics} onGo={(start, end) => box.current?.reveal(start, end)} />
    </>
  );
}

function Compare({ editor, rule, version }: { readonly editor: RuleEditorState; readonly rule: RuleDetail; readonly version: number }) {
  const other = rule.versions.find(each => each.version === version);
  return (
    <>
      <p className="rules-compare meta t3"><span>Version {version}{rule.state === 'deployed' && rule.deployedVersion === version ? ', deployed' : ''}</span><span>The text in hand{other?.document.kql === editor.draft.kql ? ', the same' : ''}</span></p>
      <div className="grow">{other === undefined ? <p className="pad t2">Version {version} does not exist. Choose another one above.</p> : <KqlDiff label={`Version ${version} and the text in hand`} original={other.document.kql} modified={editor.draft.kql} />}</div>
    </>
  );
}
