// Beside the script: what it is shown and what it may start, as fields of the document, and the world that it has. The text has it all, too.
import { useMemo, type ReactNode } from 'react';
import { durationText, signals, type LanguageDocument, type Signal } from '../../../../model/index.ts';
import type { RuleEdit, RuleProblem } from '../../../../rules/index.ts';
import type { LiveField } from '../../../../kql/index.ts';
import { Checkbox, EmptyState, Pane, PaneHeader } from '../../../ui/index.ts';
import { DraftField } from '../machine/index.ts';
import { ConditionForm } from '../picture/index.ts';
import { actionCount } from './script-fields.ts';
import { ScriptWorld } from './script-world.tsx';
import './script.css';

export interface ScriptPaneProps {
  /** The last that could be read; null before there was one. */
  readonly document: LanguageDocument | null;
  /** Why the text cannot be read now; null when it can. */
  readonly unread: string | null;
  readonly problems: readonly RuleProblem[];
  readonly fields: readonly LiveField[];
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
  readonly trailing?: ReactNode;
}

export function ScriptPane({ document, unread, problems, fields, onEdit, trailing }: ScriptPaneProps) {
  return (
    <Pane label="Settings of the script" className="grow">
      <PaneHeader title="Settings" meta={unread === null ? 'in sync with the text' : 'of the last text that could be read'}>{trailing}</PaneHeader>
      {unread !== null && document !== null && <div className="banner" role="status">The text cannot be read now, so these fields stay as they were. {unread}</div>}
      {document === null ? <EmptyState title="No language rule yet">{unread ?? 'The Document tab says what is missing.'}</EmptyState>
        : <div className="scroll grow rules-script" tabIndex={0} role="region" aria-label="Settings and what a script has"><fieldset disabled={unread !== null} aria-label="Settings of the script"><Settings document={document} problems={problems} fields={fields} onEdit={onEdit} /></fieldset><ScriptWorld /></div>}
    </Pane>
  );
}

const signalWords: Readonly<Record<Signal, string>> = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' };

function Settings({ document, problems, fields, onEdit }: Pick<ScriptPaneProps, 'problems' | 'fields' | 'onEdit'> & { readonly document: LanguageDocument }) {
  const { when, signals: chosen, limits = {} } = document;
  const set = (path: RuleEdit['path'], value: unknown) => onEdit([{ path, value }]);
  /** The last one stays: a script that is shown nothing is none. */
  const choose = (next: readonly Signal[]) => { if (next.length > 0) set(['signals'], next); };
  const wrong = useMemo(() => problems.find(({ path, severity }) => path[0] === 'when' && severity === 'error'), [problems]);
  return (
    <>
      <div className="row wrap" role="group" aria-label="What it is shown">
        {signals.map((signal) => <Checkbox key={signal} checked={chosen.includes(signal)} onChange={(on) => choose(signals.filter((one) => (one === signal ? on : chosen.includes(one))))}>{signalWords[signal]}</Checkbox>)}
      </div>
      <ConditionForm label="Only records with" text={when} fields={fields} onChange={(next) => set(['when'], next.trim() === '' ? undefined : next)} />
      {wrong !== undefined && <p className="meta red" role="alert">{wrong.message} {wrong.help}</p>}
      {when === '' && <p className="meta t3">Every record is handed to the script. A condition costs far less than a call.</p>}
      <div className="net-fields">
        <DraftField label="Actions at most" value={limits.actions === undefined ? '' : String(limits.actions)} placeholder="3" optional schema={actionCount} onCommit={(value) => set(['limits', 'actions'], value === undefined ? undefined : Number(value))} />
        <DraftField label="in any" value={limits.per ?? ''} placeholder="1h" mono optional schema={durationText} onCommit={(value) => set(['limits', 'per'], value)} />
        <DraftField label="Pause between two of a kind" value={limits.cooldown ?? ''} placeholder="10m" mono optional schema={durationText} onCommit={(value) => set(['limits', 'cooldown'], value)} />
      </div>
    </>
  );
}
