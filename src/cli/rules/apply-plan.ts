// What `weir rules apply` would do: decided from the files and from what the server holds, done elsewhere. Pure.
import type { RuleDetail, RuleMode, RuleSummary } from '../../model/index.ts';
import { textDiff } from './text-diff.ts';

export interface WantedRule { readonly name: string; readonly text: string; readonly path: string }
export interface ApplyChoices { readonly deploy: boolean; readonly mode: RuleMode; readonly prune: boolean }

export interface RuleStep {
  readonly wanted: WantedRule;
  readonly save: 'create' | 'new-version' | 'unchanged';
  /** The rule as the server has it; null for a new one. */
  readonly known: RuleDetail | null;
  readonly deploy: boolean;
}
export interface ApplyPlan {
  readonly steps: readonly RuleStep[];
  readonly remove: readonly RuleSummary[];
  /** On the server and in no file; they stay, for pruning was not asked for. */
  readonly kept: readonly RuleSummary[];
  readonly mode: RuleMode;
}

/** Files come first by name. A rule is new by its name, and unchanged when its latest version has the very same text. */
export function planApply(wanted: readonly WantedRule[], known: ReadonlyMap<string, RuleDetail>, all: readonly RuleSummary[], { deploy, mode, prune }: ApplyChoices): ApplyPlan {
  const steps = wanted.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((one): RuleStep => {
    const rule = known.get(one.name) ?? null;
    const save = rule === null ? 'create' : rule.versions[0]?.text === one.text ? 'unchanged' : 'new-version';
    const runs = rule !== null && save === 'unchanged' && rule.state === 'deployed' && rule.deployedVersion === rule.latestVersion && rule.mode === mode;
    return { wanted: one, save, known: rule, deploy: deploy && !runs };
  });
  const names = new Set(wanted.map(({ name }) => name));
  const others = all.filter(({ name }) => !names.has(name));
  return { steps, remove: prune ? others : [], kept: prune ? [] : others, mode };
}

export const isNothing = ({ steps, remove }: ApplyPlan): boolean => remove.length === 0 && steps.every(({ save, deploy }) => save === 'unchanged' && !deploy);

/** One line a rule, below it what changes in its text; then a line that counts. */
export function showPlan(plan: ApplyPlan): string {
  const lines = [...plan.steps.flatMap((step) => [lineOf(step, plan), ...changesOf(step)]), ...plan.remove.map(({ name, state }) => `  - ${name}  delete${state === 'deployed' ? ', it runs now' : ''}`)];
  const kept = plan.kept.length === 0 ? [] : [`${plan.kept.length} on the server in no file here: ${plan.kept.map(({ name }) => name).join(', ')}. They stay; --prune deletes them.`];
  return [...lines, ...kept, summary(plan)].join('\n');
}

function lineOf({ wanted, save, known, deploy }: RuleStep, { mode }: ApplyPlan): string {
  const next = (known?.latestVersion ?? 0) + (save === 'unchanged' ? 0 : 1);
  const saving = save === 'create' ? 'create' : save === 'new-version' ? `new version ${next}` : deploy ? `version ${next}` : 'unchanged';
  const mark = save === 'create' ? '+' : save === 'new-version' || deploy ? '~' : ' ';
  return `  ${mark} ${wanted.name}  ${saving}${deploy ? `, deploy${mode === 'shadow' ? ' in shadow' : ''}` : ''}`;
}

function changesOf({ wanted, save, known }: RuleStep): readonly string[] {
  const before = known?.versions[0]?.text;
  if (save !== 'new-version' || before === undefined) return [];
  const changes = textDiff(before, wanted.text);
  return changes.length === 0 ? ['      only white space at line ends changes'] : changes.map((line) => `      ${line}`);
}

function summary({ steps, remove }: ApplyPlan): string {
  const parts = [
    [steps.filter(({ save }) => save === 'create').length, 'to create'], [steps.filter(({ save }) => save === 'new-version').length, 'with a new version'],
    [steps.filter(({ deploy }) => deploy).length, 'to deploy'], [remove.length, 'to delete'], [steps.filter(({ save, deploy }) => save === 'unchanged' && !deploy).length, 'unchanged'],
  ] as const;
  return `${parts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`).join(', ')}.`;
}
