// Description, targets, order and end: one quiet line under the bar. Each goes into the document when it is left, and what is
// wrong with one is said beside it. While the document is no valid YAML, the line shows what was read last.
import { useState, type ReactNode } from 'react';
import type { LiveField } from '../../../../kql/index.ts';
import type { AgentSummary } from '../../../../model/index.ts';
import type { RuleProblem } from '../../../../rules/index.ts';
import { Input } from '../../../ui/index.ts';
import { TargetsMenu } from './targets-menu.tsx';
import type { RuleEditorState } from './use-rule-editor.ts';

export interface DetailsProps { readonly editor: Pick<RuleEditorState, 'draft' | 'problems'>; readonly agents: readonly AgentSummary[]; readonly fields: readonly LiveField[] }

export function Details({ editor: { draft, problems }, agents, fields }: DetailsProps) {
  const shown = draft.shownFields;
  if (shown === null) return null;
  const locked = draft.fields === null;
  const set = (field: string) => (value: string) => draft.edit([{ path: [field], value: value === '' ? undefined : field === 'order' && /^\d+$/.test(value) ? Number(value) : value }]);
  const part = (field: 'description' | 'targets' | 'order' | 'expires') => ({ value: shown[field], locked, error: errorOf(problems, field), onCommit: set(field) });
  return (
    <div className="rules-details" title={locked ? 'The document is not valid YAML: mend it in the Document tab to edit these.' : undefined}>
      <LateInput label="Description" wide placeholder="What this rule is for, for whoever reads it next" {...part('description')} />
      <Named name="For" title='Which records, by ServiceName, Resource["…"] or Agent["…"]; empty means all'>
        <LateInput label="Targets, in KQL" mono placeholder='all, or ServiceName == "cart"' {...part('targets')} />
        {!locked && <TargetsMenu targets={shown.targets} agents={agents} fields={fields} onChoose={set('targets')} />}
      </Named>
      <Named name="Order" title="0 to 10000. Redaction rules run first; among the others a lower order runs first"><LateInput label="Order, lower runs first" narrow placeholder="100" {...part('order')} /></Named>
      <Named name="Ends after" title="The rule ends by itself so long after it was deployed: 30m, 12h or 7d. Empty means never. The document calls it expires"><LateInput label="Ends after" narrow placeholder="never, 7d" {...part('expires')} /></Named>
    </div>
  );
}

const Named = ({ name, title, children }: { readonly name: string; readonly title: string; readonly children: ReactNode }) => <div className="rules-part row gap1 t3 nw" title={title}>{name}{children}</div>;

/** Of the whole field, in the words of the problems list. */
function errorOf(problems: readonly RuleProblem[], field: string): string | null {
  const wrong = problems.find(({ severity, path }) => severity === 'error' && path[0] === field);
  return wrong === undefined ? null : [wrong.message, wrong.help].filter(Boolean).join(' ');
}

interface LateInputProps { readonly label: string; readonly value: string; readonly error: string | null; readonly locked: boolean; readonly placeholder: string; readonly mono?: boolean; readonly wide?: boolean; readonly narrow?: boolean; readonly onCommit: (value: string) => void }

/** Keeps the field's frame when an error comes or goes, so that the box keeps the focus. */
const noHint = <></>;

function LateInput({ label, value, error, locked, placeholder, mono = false, wide = false, narrow = false, onCommit }: LateInputProps) {
  const [typed, setTyped] = useState({ base: value, text: value });
  // Changed elsewhere: the field follows.
  if (typed.base !== value) setTyped({ base: value, text: value });
  const { text } = typed;
  const setText = (next: string) => setTyped({ base: value, text: next });
  const commit = () => { if (text.trim() !== value) onCommit(text.trim()); };
  return <span className={`rules-field ${wide ? 'wide' : narrow ? 'narrow' : ''}`} title={error ?? undefined}><Input small mono={mono} aria-label={label} placeholder={placeholder} value={text} disabled={locked} size={narrow ? 9 : wide ? 40 : 24} spellCheck={wide} autoComplete="off" hint={noHint} error={error} onChange={event => setText(event.target.value)} onBlur={commit} onKeyDown={event => { if (event.key === 'Enter') commit(); if (event.key === 'Escape') setText(value); }} /></span>;
}
