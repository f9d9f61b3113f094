// The state behind the editor: what is typed, what was saved, what the language service and the dry run say about it,
// and why each button can or cannot be pressed now.
import { useMemo, useState } from 'react';
import type { LiveField } from '../../../../kql/index.ts';
import type { KqlDiagnostic, MachineDocument, RuleDetail, RuleDocument } from '../../../../model/index.ts';
import type { CompiledQuery, CompiledRule, RuleProblem } from '../../../../rules/index.ts';
import { useKqlAnalysis } from '../../../editor/index.ts';
import { plural } from '../../../ui/index.ts';
import { useOpenTail } from '../services.tsx';
import type { RunnableRule } from '../deploy/index.ts';
import { useDryRun, type DryRun } from '../dry-run/index.ts';
import { beyondDocument, beyondKql, ofTheScript } from './problem-list.ts';
import { recorderProblems, useRecorderNames } from './recorder-names.ts';
import { calm, toGoOf, toGoWords } from './to-go.ts';
import { useCheckedRule, type CheckedText } from './use-checked-rule.ts';
import { ruleNameFor } from '../draft/index.ts';
import { useRuleDraft, type RuleDraftState } from './use-rule-draft.ts';

export interface RuleEditorState {
  readonly draft: RuleDraftState;
  /** The person left the name or asked for a command: what is wrong with it may be said now. */
  readonly nameDone: boolean;
  finishName(): void;
  readonly checking: boolean;
  readonly serviceFailure: string | null;
  /** Of the whole document, placed in its text; of the newest text that was checked. */
  readonly problems: readonly RuleProblem[];
  /** Of the KQL alone, placed in it; empty while it is being checked. */
  readonly kqlDiagnostics: readonly KqlDiagnostic[];
  /** Of the script of a language rule, placed in it; of the newest text that was checked. */
  readonly scriptDiagnostics: readonly KqlDiagnostic[];
  /** Mistakes: what is only not filled in yet is none. */
  readonly errors: number;
  /** What is still to be filled in, as things to do; empty while it is being checked. */
  readonly toGo: readonly string[];
  /** Warnings and hints. */
  readonly notes: number;
  /** Of exactly the text in hand; null while it is being checked or has errors. */
  readonly compiled: CompiledRule | null;
  /** The flight recorders that exist; null while they are not known. */
  readonly recorders: readonly string[] | null;
  /** The last state machine that could be read: the picture keeps it while the text is wrong. */
  readonly machine: MachineDocument | null;
  readonly dryRun: DryRun;
  readonly runDry: () => void;
  /** The dry run is about an older text. */
  readonly stale: boolean;
}

/** @param fields of live records: when they change, texts are checked against them again. */
export function useRuleEditor(key: string, rule: RuleDetail | null, initial: string, fields: readonly LiveField[]): RuleEditorState {
  const draft = useRuleDraft(key, rule, initial);
  const [nameDone, setNameDone] = useState(false);
  const { latest, failure } = useCheckedRule(draft.text, fields);
  const current = latest !== null && latest.text === draft.text ? latest : null;
  const isQuery = draft.kind === 'query';
  const analysis = useKqlAnalysis(isQuery ? draft.kql : '', 'rule', { again: fields });
  const analysed = isQuery && draft.kql.trim() !== '' && analysis.latest?.text === draft.kql ? analysis.latest.analysis.diagnostics : null;
  const recorders = useRecorderNames();
  const found = useMemo(() => withRecorders(latest, recorders), [latest, recorders]);
  const problems = useMemo(() => calm(found), [found]);
  const ofKql = useMemo(() => analysed === null ? none : current === null ? analysed : [...analysed, ...beyondKql(current.text, current.problems, analysed)], [analysed, current]);
  const kqlDiagnostics = useMemo(() => calm(ofKql), [ofKql]);
  const scriptDiagnostics = useMemo(() => latest === null ? none : ofTheScript(latest.text, problems), [latest, problems]);
  const all = [...problems, ...beyondDocument(problems, kqlDiagnostics)];
  const toGo = current === null ? noneToGo : toGoOf([...found, ...ofKql], draft.fields?.name.trim() === '');
  const wrong = all.filter(({ severity }) => severity === 'error').length;
  const errors = current === null ? 0 : wrong;
  const compiled = current?.compiled ?? null;
  const machine = useLastMachine(current?.document ?? null, draft.kind === 'state-machine');
  useOpenTail(isQuery ? draft.kql : 'source');
  const id = rule?.id ?? null;
  const target = useMemo(() => compiled === null ? null : { id, rule: compiled, text: draft.text }, [id, compiled, draft.text]);
  const { dryRun, run } = useDryRun(target);

  return {
    draft, nameDone, finishName: () => setNameDone(true), checking: current === null && failure === null, serviceFailure: failure,
    problems, kqlDiagnostics, scriptDiagnostics, errors, toGo, notes: all.length - wrong, compiled, machine, recorders, dryRun, runDry: run,
    stale: dryRun.text !== null && dryRun.text !== draft.text,
  };
}

/** What the check of the text found, and names of recorders that only the fleet can know to be wrong. */
function withRecorders(latest: CheckedText | null, recorders: readonly string[] | null): readonly RuleProblem[] {
  if (latest === null) return noProblems;
  const more = latest.document?.kind === 'state-machine' ? recorderProblems(latest.text, latest.document, recorders) : noProblems;
  return more.length === 0 ? latest.problems : [...latest.problems, ...more];
}

const none: readonly KqlDiagnostic[] = [];
const noProblems: readonly RuleProblem[] = [];
const noneToGo: readonly string[] = [];

function useLastMachine(document: RuleDocument | null, isNet: boolean): MachineDocument | null {
  const [last, setLast] = useState<MachineDocument | null>(null);
  if (document?.kind === 'state-machine' && document !== last) setLast(document);
  return !isNet ? null : document?.kind === 'state-machine' ? document : last;
}

/** The compiled query in hand; null for other kinds and while the text is wrong. */
export const queryOf = ({ compiled }: RuleEditorState): CompiledQuery | null => (compiled?.kind === 'query' ? compiled : null);
/** What agents can run; null while the text is wrong. */
export const runnableOf = ({ compiled }: RuleEditorState): RunnableRule | null => compiled;

export interface Reasons { readonly save: string | null; readonly dryRun: string | null; readonly deploy: string | null; readonly disable: string | null; readonly remove: string | null }

/** Why each command cannot run now, as a sentence; null when it can. A document may be saved with errors in its KQL, not with wrong fields. */
export function reasons(editor: Pick<RuleEditorState, 'draft' | 'checking' | 'errors' | 'toGo' | 'compiled' | 'problems' | 'serviceFailure'>, rule: RuleDetail | null, busy: string | null): Reasons {
  const wait = busy === null ? null : `One moment: ${busy}.`;
  const fields = fieldReason(editor);
  const text = textReason(editor);
  const runs = rule?.state === 'deployed';
  const newer = newerReason(editor);
  const location = editor.draft.fields?.location ?? 'on-box';
  return {
    save: wait ?? newer ?? fields ?? (rule !== null && !editor.draft.dirty ? `Nothing has changed since version ${rule.latestVersion}.` : null),
    dryRun: text,
    deploy: wait ?? newer ?? fields ?? text ?? runningReason(editor, rule) ?? (location === 'on-box' ? null : `Rules run on agents (location on-box) in this version; this one asks for ${location}.`),
    disable: wait ?? (rule === null ? 'It is not saved yet.' : runs ? null : 'It is not deployed.'),
    remove: wait ?? (rule === null ? 'It is not saved yet.' : null),
  };
}

/** What another person saved is not written over unseen. */
const newerReason = ({ draft: { newerVersion } }: Pick<RuleEditorState, 'draft'>): string | null => newerVersion === null ? null : `Version ${newerVersion} was saved elsewhere while you were typing. Load it, or keep yours: the bar above the text has both.`;

/** A shadow can still go live, and a rule that turned itself off be armed again. */
function runningReason({ draft }: Pick<RuleEditorState, 'draft'>, rule: RuleDetail | null): string | null {
  if (rule === null || draft.dirty || rule.state !== 'deployed' || rule.mode === 'shadow' || rule.breaches.length > 0) return null;
  return rule.deployedVersion === rule.latestVersion ? `Version ${rule.latestVersion} runs already.` : null;
}

function fieldReason({ draft, problems }: Pick<RuleEditorState, 'draft' | 'problems'>): string | null {
  if (draft.fields === null) return 'The document is not valid YAML. The list under the text says where.';
  if (draft.fields.name.trim() === '') return draft.kind === 'redaction-policy' ? 'A policy needs a name, such as redact-tokens: lower-case letters, digits and dashes.' : needsName(draft.fields.kql);
  const wrong = problems.find(({ severity, code }) => severity === 'error' && (code.startsWith('rule/') || code.startsWith('yaml/')));
  return wrong === undefined ? null : `${wrong.message}${wrong.help === undefined ? '' : ` ${wrong.help}`}`;
}

/** With a suggestion as soon as the KQL says what it does. */
export function needsName(kql: string): string {
  const such = ruleNameFor(kql);
  return `A rule needs a name${such === null ? '' : `, such as ${such}`}: lower-case letters, digits and dashes.`;
}

function textReason({ draft, checking, errors, toGo, compiled, serviceFailure }: Pick<RuleEditorState, 'draft' | 'checking' | 'errors' | 'toGo' | 'compiled' | 'serviceFailure'>): string | null {
  if (draft.kind === 'query' && draft.kql.trim() === '') return 'Write the rule first: a table, some operators, and a sink such as | invoke drop().';
  if (errors > 0) return `The text has ${plural(errors, 'error')}. Mend ${errors === 1 ? 'it' : 'them'} first; the list under the text says where.`;
  if (serviceFailure !== null) return `The text could not be checked. ${serviceFailure}`;
  if (checking) return 'The text is being checked.';
  if (compiled === null && toGo.length > 0) return toGoWords(toGo);
  if (compiled !== null) return null;
  return draft.kind === 'query' ? 'The text does not end in a sink, such as | invoke drop().' : 'The text cannot be run yet; the list under it says why.';
}
