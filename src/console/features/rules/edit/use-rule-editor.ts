// The state behind the editor: what is typed, what was saved, what the language service and the dry run say about it,
// and why each button can or cannot be pressed now.
import { useMemo, useState } from 'react';
import type { RuleDetail } from '../../../../model/index.ts';
import { useKqlAnalysis } from '../../../editor/index.ts';
import { plural } from '../../../ui/index.ts';
import { checkDraft, draftOf, sameDraft, type Draft, type DraftCheck } from '../draft/index.ts';
import { useOpenTail } from '../services.tsx';
import { useDryRun, type DryRun, type DryRunTarget } from '../dry-run/index.ts';

type Diagnostics = NonNullable<ReturnType<typeof useKqlAnalysis>['latest']>['analysis']['diagnostics'];

export interface RuleEditorState {
  readonly draft: Draft;
  /** The person left the name or asked for a command: what is wrong with it may be said now. */
  readonly nameDone: boolean;
  finishName(): void;
  change(patch: Partial<Draft>): void;
  readonly check: DraftCheck;
  /** Differs from what was saved (or from what a new rule started with). */
  readonly dirty: boolean;
  /** What was saved becomes the ground that edits are measured against. */
  rebase(rule: RuleDetail): void;
  /** A newer version than the one being edited, saved elsewhere; null when there is none or nothing would be lost. */
  readonly newerVersion: number | null;
  readonly checking: boolean;
  readonly serviceFailure: string | null;
  readonly diagnostics: Diagnostics;
  readonly errors: number;
  /** Text and plan that belong together and are valid; null otherwise. */
  readonly target: DryRunTarget | null;
  readonly dryRun: DryRun;
  readonly runDry: () => void;
  /** The dry run is about an older text. */
  readonly stale: boolean;
}

export function useRuleEditor(rule: RuleDetail | null, initial: Draft): RuleEditorState {
  const [draft, setDraft] = useState(initial);
  const [nameDone, setNameDone] = useState(false);
  const [base, setBase] = useState({ draft: initial, version: rule?.latestVersion ?? 0 });
  const dirty = !sameDraft(draft, base.draft);
  const ahead = rule !== null && rule.latestVersion > base.version;
  // Saved elsewhere and nothing typed here: follow at once.
  if (ahead && !dirty && rule !== null) { const next = draftOf(rule.document); setDraft(next); setBase({ draft: next, version: rule.latestVersion }); }

  const { latest, pending, failure } = useKqlAnalysis(draft.kql, 'rule');
  const check = useMemo(() => checkDraft(draft), [draft]);
  const current = latest !== null && latest.text === draft.kql;
  const diagnostics = current && draft.kql.trim() !== '' ? latest.analysis.diagnostics : none;
  const errors = diagnostics.filter(each => each.severity === 'error').length;
  const target = useMemo(() => current && latest.analysis.plan !== null && latest.analysis.plan.sink !== null ? { plan: latest.analysis.plan, text: latest.text } : null, [current, latest]);
  useOpenTail(draft.kql);
  const { dryRun, run } = useDryRun(target);

  return {
    draft, nameDone, finishName: () => setNameDone(true), check, dirty, diagnostics, errors, target, dryRun, runDry: run,
    change: patch => setDraft(before => ({ ...before, ...patch })),
    rebase: saved => { const next = draftOf(saved.document); setBase({ draft: next, version: saved.latestVersion }); setDraft(before => sameDraft(before, draft) ? next : before); },
    newerVersion: ahead && dirty ? rule.latestVersion : null,
    checking: pending, serviceFailure: failure,
    stale: dryRun.text !== null && dryRun.text !== draft.kql,
  };
}

const none: Diagnostics = [];

export interface Reasons { readonly save: string | null; readonly dryRun: string | null; readonly deploy: string | null; readonly disable: string | null; readonly remove: string | null }

/** Why each command cannot run now, as a sentence; null when it can. */
export function reasons(editor: Pick<RuleEditorState, 'draft' | 'check' | 'dirty' | 'checking' | 'errors' | 'target' | 'serviceFailure'>, rule: RuleDetail | null, busy: string | null): Reasons {
  const wait = busy === null ? null : `One moment: ${busy}.`;
  const fields = Object.values(editor.check.problems)[0] ?? null;
  const text = textReason(editor);
  const runs = rule?.state === 'deployed';
  return {
    save: wait ?? fields ?? (rule !== null && !editor.dirty ? `Nothing has changed since version ${rule.latestVersion}.` : null),
    dryRun: text,
    deploy: wait ?? fields ?? text ?? (runs && !editor.dirty && rule.deployedVersion === rule.latestVersion ? `Version ${rule.deployedVersion} runs already.` : null),
    disable: wait ?? (rule === null ? 'It is not saved yet.' : runs ? null : 'It is not deployed.'),
    remove: wait ?? (rule === null ? 'It is not saved yet.' : null),
  };
}

function textReason({ draft, checking, errors, target, serviceFailure }: Pick<RuleEditorState, 'draft' | 'checking' | 'errors' | 'target' | 'serviceFailure'>): string | null {
  if (draft.kql.trim() === '') return 'Write the rule first: a table, some operators, and a sink such as | invoke drop().';
  if (errors > 0) return `The text has ${plural(errors, 'error')}. Mend ${errors === 1 ? 'it' : 'them'} first; the list under the text says where.`;
  if (serviceFailure !== null) return `The text could not be checked. ${serviceFailure}`;
  if (checking) return 'The text is being checked.';
  return target === null ? 'The text does not end in a sink, such as | invoke drop().' : null;
}
