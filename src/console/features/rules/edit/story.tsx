// Where this rule is on its way from text to measured effect: five steps, each with its proof.
import { useMemo } from 'react';
import type { RuleDetail } from '../../../../model/index.ts';
import { isOffEverywhere } from '../../../api/index.ts';
import { touchedRecords } from '../../../editor/redact/index.ts';
import { formatCount, formatRate, formatRelative, Icon, plural, useNow } from '../../../ui/index.ts';
import { liveConflicts, type LiveConflict } from '../deploy/index.ts';
import { useFirings, type Firings } from '../net/index.ts';
import { breachesDid } from '../words/breach-words.ts';
import { doingWords } from '../words/doing-words.ts';
import { runningSeries } from '../words/series.ts';
import { resultOf } from '../dry-run/index.ts';
import { toGoCount } from './to-go.ts';
import { queryOf, type RuleEditorState } from './use-rule-editor.ts';

interface Step { readonly title: string; readonly proof: string; readonly hint?: string; readonly mark: 'done' | 'now' | 'later' | 'wrong' }
const markWords = { done: 'done', now: 'in progress', later: 'not yet', wrong: 'needs you' } as const;

export function Story({ editor, rule }: { readonly editor: RuleEditorState; readonly rule: RuleDetail | null }) {
  const now = useNow();
  const conflicts = useConflicts(editor, rule);
  const firings = useFirings(rule);
  return (
    <ol className="rules-story" aria-label="From text to measured effect">
      {[valid(editor), dry(editor, now), saved(editor, rule, now), deployed(rule, conflicts), measured(rule, firings, now)].map(step => (
        <li key={step.title} className={step.mark} title={step.hint}>
          <span className="mark">{step.mark === 'done' ? <Icon name="check" size="s" /> : step.mark === 'wrong' ? <Icon name="warn" size="s" /> : null}<span className="vh">{markWords[step.mark]}</span></span>
          <span className="ell"><b>{step.title}</b><span className="proof ell">{step.proof}{step.hint !== undefined && `: ${lowerFirst(step.hint)}`}</span></span>
        </li>
      ))}
    </ol>
  );
}

/** As the end of a sentence; the names in it stay as they are. */
const lowerFirst = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

function valid({ draft, errors, toGo, notes, checking, compiled, serviceFailure }: RuleEditorState): Step {
  const title = 'Valid';
  if (draft.kind === 'query' && draft.kql.trim() === '') return { title, proof: 'no text yet', mark: 'later' };
  if (errors > 0) return { title, proof: plural(errors, 'error'), mark: 'wrong' };
  if (serviceFailure !== null) return { title, proof: 'not checked', mark: 'wrong' };
  const todo = toGo.join('; ');
  if (!checking && compiled === null && toGo.length > 0) return { title, proof: lowerFirst(toGoCount(toGo)), hint: todo.charAt(0).toUpperCase() + todo.slice(1), mark: 'now' };
  if (checking || compiled === null) return { title, proof: 'checking', mark: 'now' };
  if (toGo.length > 0) return { title, proof: 'type a name to save', mark: 'now' };
  return { title, proof: notes === 0 ? '0 errors' : `0 errors, ${plural(notes, 'note')}`, mark: 'done' };
}

function dry({ dryRun, stale }: RuleEditorState, now: number): Step {
  const title = 'Dry run';
  if (dryRun.status === 'failed') return { title, proof: 'stopped, see below', mark: 'wrong' };
  const result = resultOf(dryRun);
  if (result === null || dryRun.atMs === null) return { title, proof: dryRun.status === 'running' ? 'running' : 'not run', mark: dryRun.status === 'running' ? 'now' : 'later' };
  if (stale) return { title, proof: 'older than the text', mark: 'now' };
  // A policy is put to every record: what counts is what it touches, as below in the figures.
  const did = result.kind === 'query' ? formatCount(dryRun.rule?.kind === 'redaction-policy' ? touchedRecords(result).records : result.matched) : result.kind === 'language' ? plural(result.reached, 'call') : plural(result.transitions, 'transition');
  if (result.kind === 'language' && result.stop !== null) return { title, proof: 'an agent would turn it off', hint: result.stop, mark: 'wrong' };
  return { title, proof: `${did} of ${formatCount(result.kind === 'query' && dryRun.rule?.kind === 'redaction-policy' ? result.reached : result.scanned)}, ${formatRelative(dryRun.atMs, now)}`, mark: result.scanned === 0 ? 'now' : 'done' };
}

function saved({ draft: { dirty } }: RuleEditorState, rule: RuleDetail | null, now: number): Step {
  if (rule === null) return { title: 'Saved', proof: 'not yet', mark: 'later' };
  if (dirty) return { title: 'Saved', proof: `edited since version ${rule.latestVersion}`, mark: 'now' };
  const latest = rule.versions.find(version => version.version === rule.latestVersion);
  return { title: 'Saved', proof: `version ${rule.latestVersion}${latest === undefined ? '' : ` by ${latest.author}, ${formatRelative(Date.parse(latest.createdAt), now)}`}`, mark: 'done' };
}

/** Of the text in hand with the rules that run now. */
function useConflicts(editor: RuleEditorState, rule: RuleDetail | null): readonly LiveConflict[] {
  const query = queryOf(editor);
  const { rules } = editor.dryRun.controls.deployed;
  const [id, mode] = [rule?.id ?? null, rule?.mode ?? 'live'];
  return useMemo(() => (query === null ? [] : liveConflicts(query, id, rules, mode)), [query, id, rules, mode]);
}

function deployed(rule: RuleDetail | null, [conflict]: readonly LiveConflict[]): Step {
  const hint = conflict === undefined ? {} : { hint: conflict.message };
  if (rule === null || rule.state !== 'deployed') {
    const blocked = conflict?.level === 'never';
    const where = rule?.ended?.reason === 'expired' ? 'disabled, it expired' : rule?.state === 'disabled' ? doingWords(rule.kind).disabled : 'on no agent';
    return { title: 'Deployed', proof: blocked ? `${where}; ${conflict.own ? 'it would see no record' : `${conflict.loser} would see no record`}` : where, ...hint, mark: blocked ? 'wrong' : 'later' };
  }
  if (rule.breaches.length > 0) return { title: 'Deployed', proof: `${breachesDid(rule.breaches)} on ${plural(rule.breaches.length, 'agent')}`, hint: rule.breaches[0]!.reason, mark: 'wrong' };
  const all = rule.targetAgents > 0 && rule.appliedAgents >= rule.targetAgents;
  return { title: rule.mode === 'shadow' ? 'Shadow' : 'Deployed', proof: `version ${rule.deployedVersion ?? '?'}, applied on ${rule.appliedAgents} of ${plural(rule.targetAgents, 'agent')}`, ...hint, mark: all ? 'done' : 'now' };
}

/** A net is there to fire; until it does it waits. */
function fired(firings: Firings | null, now: number): Step {
  const title = 'Firings';
  if (firings === null) return { title, proof: 'no report yet', mark: 'now' };
  if (firings.lastMs === null) return { title, proof: 'none yet, it waits', hint: `${plural(firings.looked, 'record')} looked at since it was armed`, mark: 'later' };
  return { title, proof: `${plural(firings.count, 'firing')}, last ${formatRelative(firings.lastMs, now)}`, mark: 'done' };
}

function measured(rule: RuleDetail | null, firings: Firings | null, now: number): Step {
  const title = 'Measured effect';
  if (rule === null || rule.state !== 'deployed') return { title, proof: 'after deployment', mark: 'later' };
  if (isOffEverywhere(rule)) return { title, proof: 'none now: it is off', hint: rule.breaches[0]?.reason ?? 'No reason given', mark: 'wrong' };
  const { matchedPerSecond: matched, matched: total, errors } = rule.effect;
  if (errors > 0) return { title, proof: plural(errors, 'error'), mark: 'wrong' };
  if (rule.kind === 'state-machine') return fired(firings, now);
  if (matched === 0) return { title, proof: `${rule.kind === 'redaction-policy' ? 'looks at' : 'catches'} nothing now`, hint: total === 0 ? 'No record matched since deployment' : `${plural(total, 'record')} matched since deployment, none of late`, mark: 'later' };
  const series = runningSeries(rule);
  if (series !== null) return { title, proof: series.strong, hint: series.rest, mark: 'wrong' };
  if (rule.mode === 'shadow') return { title: 'Would do', proof: rule.effect.would?.removedPerSecond == null ? 'measuring' : `remove ${formatRate(rule.effect.would.removedPerSecond)}/s of ${formatRate(matched ?? 0)}/s matched`, mark: rule.effect.would?.removedPerSecond == null ? 'now' : 'done' };
  return matched === null ? { title, proof: 'measuring', mark: 'now' } : { title, proof: doesNow(rule.effect) ?? `${formatRate(matched)}/s ${rule.kind === 'redaction-policy' ? 'records looked at' : 'matched'}`, mark: 'done' };
}

/** "− 430/s, + 2/s of 2,311/s in": what this rule takes and makes now, beside all that comes in; null where it does neither. */
function doesNow({ removedPerSecond: removed, emittedPerSecond: made, fleetInPerSecond: all }: RuleDetail['effect']): string | null {
  const parts = [...(removed ? [`− ${formatRate(removed)}/s`] : []), ...(made ? [`+ ${formatRate(made)}/s`] : [])];
  return parts.length === 0 ? null : `${parts.join(', ')}${all === null ? '' : ` of ${formatRate(all)}/s in`}`;
}
