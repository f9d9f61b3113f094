// What arming a net or a script means, in the lines that a person reads before: which actions it may start, how often, and what they cost
// the process that they are about.
import { durationWords, type MachinePlan } from '../../../../engine/index.ts';
import type { AgentLanguage, RuleMode } from '../../../../model/index.ts';
import type { LanguageDryRunResult } from '../../../../rules/index.ts';
import { plural } from '../../../ui/index.ts';
import { limitedOfPlan, limitWarnings } from '../words/limit-warnings.ts';
import type { BlastLine } from './blast-radius.ts';

/** Those that stop a process, or carry home what no detector can mask. */
const heavy: Readonly<Record<string, string>> = {
  'memory-dump': 'stops the process while it is written, and holds what was in its memory.',
  'packet-capture': 'holds what was sent, in clear where it was sent so.',
};

/** @param unknown names of flight recorders in it that do not exist */
export function netLines({ states, limits, key }: MachinePlan, mode: RuleMode, unknown: readonly string[] = []): readonly BlastLine[] {
  const actions = [...new Set(states.flatMap(({ enter }) => enter.map(({ action }) => action)))];
  const per = key.length === 0 ? 'One machine' : `One machine per ${key.map(({ text }) => text).join(', ')}`;
  const lines: BlastLine[] = [{ tone: 'plain', strong: per, rest: `looks at records after redaction, and takes none of them; at most ${limits.maxKeys.toLocaleString('en')} keys.` }];
  lines.push(...unknown.map((name): BlastLine => ({ tone: 'attention', strong: name, rest: 'is no flight recorder: none of that name is defined, and no rule fills it. Nothing would be collected from it.' })));
  if (actions.length === 0) return [...lines, { tone: 'attention', strong: 'No state', rest: 'starts an action: it only watches.' }];
  if (mode === 'shadow') return [...lines, { tone: 'plain', strong: 'No action', rest: `is started: it only counts where it would start ${actions.join(', ')}.` }];
  lines.push({ tone: 'plain', strong: actions.join(', '), rest: `${actions.length === 1 ? 'is' : 'are'} started on the process that the record came from, with nobody asked; it opens or joins an incident.` });
  for (const action of actions) if (heavy[action] !== undefined) lines.push({ tone: 'danger', strong: action, rest: heavy[action] });
  lines.push({ tone: limits.actions === 0 ? 'attention' : 'plain', strong: `At most ${plural(limits.actions, 'action')}`, rest: `in ${durationWords(BigInt(limits.perNanos))}${limits.cooldownNanos === '0' ? '' : `, and ${durationWords(BigInt(limits.cooldownNanos))} between two of a kind`}; the agent’s own limits come on top.` });
  return [...lines, ...limitWarnings(limitedOfPlan({ states, limits })).map((rest): BlastLine => ({ tone: 'attention', strong: 'Limits:', rest }))];
}

/** What the dry run of exactly this text came to. */
function verdict(dryRun: LanguageDryRunResult | null): readonly BlastLine[] {
  if (dryRun === null) return [{ tone: 'attention', strong: 'No dry run', rest: 'of this text yet: what its calls come to is not known.' }];
  if (dryRun.stop !== null) return [{ tone: 'danger', strong: 'An agent would turn it off.', rest: `The dry run says: ${dryRun.stop}` }];
  return dryRun.errors > 0 ? [{ tone: 'attention', strong: `${plural(dryRun.errors, 'call')} failed`, rest: `in the dry run, the last with: ${dryRun.error ?? 'no reason given'}. After many in a row an agent turns it off.` }] : [];
}

export function scriptLines({ signals, when, limits }: AgentLanguage, mode: RuleMode, dryRun: LanguageDryRunResult | null): readonly BlastLine[] {
  const lines: BlastLine[] = [...verdict(dryRun), { tone: when === null ? 'attention' : 'plain', strong: when === null ? `All ${signals.join(' and ')}` : `${signals.join(' and ')} that pass its condition`, rest: 'are handed to the script, after redaction and as copies: none waits for it, and it can change or take none.' }];
  if (mode === 'shadow') return [...lines, { tone: 'plain', strong: 'Nothing that it makes', rest: 'leaves: it only counts.' }];
  lines.push({ tone: 'plain', strong: 'What it emits', rest: 'goes through redaction and the other rules. Past its bounds its sandbox ends it, and records go on.' });
  return limits.actions === 0 ? lines : [...lines, { tone: 'plain', strong: `At most ${plural(limits.actions, 'action')}`, rest: `in ${durationWords(BigInt(Math.round(limits.perMs)) * 1_000_000n)}, with nobody asked.` }];
}
