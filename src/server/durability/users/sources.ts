// Everybody who may name an event: rules as they run (or as they were last saved), saved views, toggle themes and keys of recorders.
import type { Plan } from '../../../kql/index.ts';
import type { AgentRecorder, NameBook, SavedView, Theme } from '../../../model/index.ts';
import type { CompiledRule } from '../../../rules/index.ts';
import type { StoreParts } from '../../store/index.ts';
import { definedRecorders } from '../../recorders/index.ts';
import { storedNames } from '../aliases/index.ts';
import { storedThemes } from '../../themes/index.ts';
import { storedViews } from '../views/index.ts';

/** A rule of which nothing compiles names nobody. */
export interface RuleUser { readonly id: string; readonly name: string; readonly compiled: CompiledRule | null; /** Since when it runs as it does; null: it does not run. */ readonly deployedAt?: string | null }
export interface NameSources {
  readonly book: NameBook; readonly rules: readonly RuleUser[];
  readonly views: readonly { readonly view: Pick<SavedView, 'id' | 'name'>; readonly plan: Plan | null }[];
  readonly themes: readonly Pick<Theme, 'id' | 'name' | 'members' | 'ruleId'>[]; readonly recorders: readonly AgentRecorder[];
}

/** As it is stored now. Of a rule that runs what runs, of others their latest version. */
export async function storedSources(parts: StoreParts): Promise<NameSources> {
  const [rules, deployed, latest] = [await parts.rules.list(), await parts.rules.deployedVersions(), await parts.rules.latestVersions()];
  return {
    book: await storedNames(parts), views: await storedViews(parts), themes: await storedThemes(parts), recorders: await definedRecorders(parts),
    rules: rules.map(({ id, name, deployedAt }) => ({ id, name, deployedAt, compiled: (deployed.get(id) ?? latest.get(id))?.compiled ?? null })),
  };
}
