// Why something cannot be done with a rule, in words.
import type { Result } from '../../base/index.ts';
import type { RuleProblem } from '../../rules/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import type { StoredRule, StoredVersion } from '../store/index.ts';

type Refusal = Result<never, Problem>;

export const unknownRule = (id: string): Refusal => refuse('rule.unknown', `There is no rule with the id "${id}".`);
export const nameTaken = (name: string): Refusal => refuse('rule.name-taken', `Another rule is called ${name}.`);
export const undeployedEdits = ({ name, deployedVersion, latestVersion }: StoredRule): Refusal =>
  refuse('rule.undeployed-edits', `Rule ${name} runs at version ${deployedVersion}, but its latest version ${latestVersion} is not deployed: changing its order would deploy those edits, so no order was changed.`);

/** Somebody else saved meanwhile: who, what and when, so that the person can find and take it over. */
export function changedMeanwhile({ name }: StoredRule, { version, author, createdAt, note }: StoredVersion, base: number): Refusal {
  const what = note === '' ? '' : ` ("${note}")`;
  return refuse('rule.changed-meanwhile', `Rule ${name} was saved as version ${version} by ${author} at ${createdAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}${what} while version ${base} was edited, so this text was not saved.`);
}
export const keepsChanging = (): Refusal => refuse('rule.changed-meanwhile', 'The rules were changed again and again by others while this was checked, so nothing was done.');

export function unreadable(problems: readonly RuleProblem[]): Refusal {
  const errors = errorsOf(problems);
  return refuse('rule.unreadable', `The rule was not saved: its text has ${counted(errors.length)}. ${errors[0]?.message ?? 'It is no rule document.'}`, placed(problems));
}

export function doesNotCompile({ name }: StoredRule, version: number, problems: readonly RuleProblem[]): Refusal {
  const errors = errorsOf(problems);
  return refuse('rule.does-not-compile', `Version ${version} of ${name} has ${counted(errors.length)}, so it was not deployed: ${errors[0]?.message ?? 'it has no plan.'}`, placed(problems));
}

const errorsOf = (problems: readonly RuleProblem[]) => problems.filter(({ severity }) => severity === 'error');
const counted = (errors: number): string => (errors === 1 ? 'an error' : `${errors} errors`);

const placed = (problems: readonly RuleProblem[]): Pick<Problem, 'issues' | 'diagnostics'> => ({
  diagnostics: shownProblems(problems),
  issues: errorsOf(problems).map(({ path, message }) => ({ path: ['document', ...path].join('.'), message })),
});

/** As the API sends them. */
export const shownProblems = (problems: readonly RuleProblem[]) =>
  problems.map(({ path, fixes, ...rest }) => ({ ...rest, path: [...path], ...(fixes !== undefined && { fixes: [...fixes] }) }));
