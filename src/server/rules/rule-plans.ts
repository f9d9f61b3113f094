// What each wish for a rule means: a Change, nothing to do, or a refusal. Reads and checks; stores nothing.
import { ok, type Result } from '../../base/index.ts';
import type { RuleId, RuleMode } from '../../model/index.ts';
import type { Actor } from '../audit/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import type { Rewording } from '../ports/compiler.ts';
import type { Store, StoredCheck, StoredRule, StoredVersion } from '../store/index.ts';
import { armed } from './armed.ts';
import { sha256 } from './canonical.ts';
import { standing, type Change } from './change.ts';
import type { Checked, Checks } from './checks.ts';
import { changedMeanwhile, doesNotCompile, nameTaken, undeployedEdits, unknownRule } from './refusals.ts';
import { withOrder, wordingOf, type RuleSource } from './rule-text.ts';

/** `change` null: the rule is already as wished. */
export interface Planned { readonly rule: StoredRule; readonly change: Change | null }
type Plan = Promise<Result<Planned, Problem>>;

/** Who wishes, when (ISO 8601 in UTC), and what the compiler has said so far. */
export interface Wish { readonly actor: Actor; readonly at: string; readonly checks: Checks }
/** What somebody wants to save. `base`: the version that was edited. */
export interface SaveWish extends RuleSource { readonly note: string; readonly base?: number | undefined }

/** `version` null: the latest. `expiresAt`: no later than its text says, ISO 8601 in UTC. */
export interface DeployWish { readonly version: number | null; readonly mode: RuleMode; readonly expiresAt?: string | undefined }

interface PlannerOptions {
  readonly store: Store; readonly newId: () => string;
  /** Has an agent turned this deployment off? */
  readonly isBroken: (rule: StoredRule) => boolean;
}

export class RulePlanner {
  readonly #options: PlannerOptions;
  constructor(options: PlannerOptions) { this.#options = options; }

  async create(source: SaveWish, wish: Wish): Plan {
    const checked = check(wordingOf(source, null), wish);
    if (!checked.ok) return checked;
    const { document } = checked.value;
    if (await this.#options.store.rules.findByName(document.name) !== null) return nameTaken(document.name);
    const rule: StoredRule = {
      id: this.#options.newId() as RuleId, name: document.name, state: 'draft', latestVersion: 1, deployedVersion: null, createdAt: wish.at, updatedAt: wish.at, deployedAt: null,
      mode: null, expiresAt: null, deployment: 0,
    };
    return planned(rule, { after: rule, action: null, newVersion: newVersion(rule, checked.value, source.note, wish), audit: [{ action: 'rule.create', before: null, after: document, more: { version: 1, note: source.note } }] });
  }

  /** A text equal to the latest version's changes nothing; one that was made from an older version is refused. */
  async save(id: string, source: SaveWish, wish: Wish): Plan {
    const rule = await this.#options.store.rules.get(id);
    if (rule === null) return unknownRule(id);
    const latest = await this.#latest(rule);
    const text = worded(wordingOf(source, latest), wish);
    if (!text.ok) return text;
    if (text.value === latest.text) return planned(rule, null);
    if (source.base !== undefined && source.base !== rule.latestVersion) return changedMeanwhile(rule, latest, source.base);
    const checked = wish.checks.check(text.value);
    if (!checked.ok) return checked;
    const { name } = checked.value.document;
    if (name !== rule.name && await this.#options.store.rules.findByName(name) !== null) return nameTaken(name);
    return planned(rule, { ...saved(rule, latest, checked.value, source.note, wish), action: null });
  }

  /** Checks again, so that what goes out is what today's compiler accepts. */
  async deploy(id: string, { version, mode, expiresAt }: DeployWish, wish: Wish): Plan {
    const { at } = wish;
    const rule = await this.#options.store.rules.get(id);
    if (rule === null) return unknownRule(id);
    const number = version ?? rule.latestVersion;
    const stored = await this.#options.store.rules.version(rule.id, number);
    if (stored === null) return refuse('rule.version-unknown', `Rule ${rule.name} has no version ${number}; its latest is ${rule.latestVersion}.`);
    if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(at)) return refuse('rule.over', `Rule ${rule.name} was to end at ${expiresAt}, which is over, so it was not deployed.`);
    if (expiresAt === undefined && this.#runsAlready(rule, number, mode)) return planned(rule, null);
    const checked = runnable(rule, stored.text, number, wish);
    if (!checked.ok) return checked;
    const after: StoredRule = { ...rule, state: 'deployed', deployedVersion: number, deployedAt: at, updatedAt: at, mode, expiresAt: sooner(endOf(checked.value.check, at), expiresAt) };
    return planned(rule, { after, action: 'deploy', renewed: { version: number, ...checked.value.check }, audit: [{ action: 'rule.deploy', before: standing(rule), after: standing(after) }] });
  }

  async disable(id: string, { at }: Wish): Plan {
    const rule = await this.#options.store.rules.get(id);
    if (rule === null) return unknownRule(id);
    if (rule.state === 'disabled') return planned(rule, null);
    if (rule.state === 'draft') return refuse('rule.not-deployed', `Rule ${rule.name} is not deployed.`);
    return planned(rule, ended(rule, 'disable', at));
  }

  /** A deployed rule is refused unless `force`: then agents stop running it first. Versions stay for the audit; the name is free again. */
  async remove(id: string, force: boolean, { at }: Wish): Plan {
    const rule = await this.#options.store.rules.get(id);
    if (rule === null) return unknownRule(id);
    const deployed = rule.state === 'deployed';
    if (deployed && !force) return refuse('rule.deployed', `Rule ${rule.name} runs on the fleet at version ${rule.deployedVersion}.`);
    const after: StoredRule = { ...rule, state: 'disabled', deployedVersion: null, mode: null, expiresAt: null, updatedAt: at };
    return planned(rule, { after, action: deployed ? 'delete' : null, deleted: true, audit: [{ action: 'rule.delete', before: standing(rule), after: null }] });
  }

  /** Another place: a new version, and, where the latest is what runs, its deployment under the number and with the end that it had. */
  async place(id: string, order: number, wish: Wish): Plan {
    const rule = await this.#options.store.rules.get(id);
    if (rule === null) return unknownRule(id);
    const latest = await this.#latest(rule);
    if (latest.document.order === order) return planned(rule, null);
    if (rule.deployedVersion !== null && rule.deployedVersion !== rule.latestVersion) return undeployedEdits(rule);
    const text = withOrder(latest, order);
    const number = rule.latestVersion + 1;
    const checked = rule.deployedVersion === null ? check(text, wish) : runnable(rule, text, number, wish);
    if (!checked.ok) return checked;
    const change = saved(rule, latest, checked.value, `order ${latest.document.order} -> ${order}`, wish);
    if (rule.deployedVersion === null) return planned(rule, { ...change, action: null });
    const after: StoredRule = { ...change.after, deployedVersion: number, deployedAt: wish.at };
    return planned(rule, { ...change, after, action: 'deploy', goesOn: true, audit: [...change.audit, { action: 'rule.deploy', before: standing(rule), after: standing(after) }] });
  }

  /** A deployment that agents turned off starts again by deploying it again, and one with an end gets a new end. */
  #runsAlready(rule: StoredRule, version: number, mode: RuleMode): boolean {
    return rule.deployedVersion === version && rule.mode === mode && rule.expiresAt === null && !this.#options.isBroken(rule);
  }

  // Every rule has its latest version: both are written in one transaction.
  async #latest(rule: StoredRule): Promise<StoredVersion> { return await this.#options.store.rules.version(rule.id, rule.latestVersion) as StoredVersion; }
}

function check(wording: string | Rewording, wish: Wish): Result<Checked, Problem> {
  const text = worded(wording, wish);
  return text.ok ? wish.checks.check(text.value) : text;
}

const worded = (wording: string | Rewording, { checks }: Wish): Result<string, Problem> => (typeof wording === 'string' ? ok(wording) : checks.reword(wording));

function runnable(rule: StoredRule, wording: string | Rewording, version: number, wish: Wish): Result<Checked, Problem> {
  const checked = check(wording, wish);
  if (!checked.ok) return checked;
  const { compiled, diagnostics } = checked.value.check;
  if (compiled === null) return doesNotCompile(rule, version, diagnostics);
  const runs = armed(compiled);
  return runs.ok ? checked : runs;
}

const planned = (rule: StoredRule, change: Change | null): Result<Planned, Problem> => ok({ rule: change?.after ?? rule, change });

const newVersion = (rule: StoredRule, { text, document, check }: Checked, note: string, { actor, at }: Wish): StoredVersion =>
  ({ ruleId: rule.id, version: rule.latestVersion, document, text, ...check, contentHash: sha256(text), author: actor.user, note, createdAt: at });

function saved(rule: StoredRule, latest: StoredVersion, checked: Checked, note: string, wish: Wish): Pick<Change, 'after' | 'newVersion' | 'audit'> {
  const after: StoredRule = { ...rule, name: checked.document.name, latestVersion: rule.latestVersion + 1, updatedAt: wish.at };
  return { after, newVersion: newVersion(after, checked, note, wish), audit: [{ action: 'rule.save', before: latest.document, after: checked.document, more: { version: after.latestVersion, note } }] };
}

/** The rule stops on the whole fleet: a person said so, or its time has come. */
export function ended(rule: StoredRule, action: 'disable' | 'expire', at: string): Change {
  const after: StoredRule = { ...rule, state: 'disabled', deployedVersion: null, mode: null, expiresAt: null, updatedAt: at };
  const more = action === 'expire' ? { more: { expiresAt: rule.expiresAt } } : {};
  return { after, action, audit: [{ action: `rule.${action}`, before: standing(rule), after: standing(after), ...more }] };
}

const sooner = (own: string | null, wanted: string | undefined): string | null =>
  (wanted === undefined ? own : own === null || Date.parse(wanted) < Date.parse(own) ? new Date(wanted).toISOString() : own);

const endOf = ({ compiled }: StoredCheck, at: string): string | null =>
  (compiled === null || compiled.expiresAfterMs === null ? null : new Date(Date.parse(at) + compiled.expiresAfterMs).toISOString());
