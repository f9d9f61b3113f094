// What each wish for a rule means: a Change, nothing to do, or a refusal. Reads and checks; stores nothing.
import { ok, type Result } from '../../base/index.ts';
import type { RuleDocument, RuleId, RuleMode } from '../../model/index.ts';
import type { CheckedRule } from '../../rules/index.ts';
import type { Actor } from '../audit/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { checkerVersion, type KqlCompiler } from '../ports/compiler.ts';
import type { Store, StoredCheck, StoredRule, StoredVersion } from '../store/index.ts';
import { armed } from './armed.ts';
import { sha256 } from './canonical.ts';
import { standing, type Change } from './change.ts';
import { doesNotCompile, nameTaken, undeployedEdits, unknownRule, unreadable } from './refusals.ts';
import { textOf, withOrder, type RuleSource } from './rule-text.ts';

/** `change` null: the rule is already as wished. */
export interface Planned { readonly rule: StoredRule; readonly change: Change | null }
type Plan = Promise<Result<Planned, Problem>>;

/** Who wishes, and when (ISO 8601 in UTC). */
export interface Wish { readonly actor: Actor; readonly at: string }

interface PlannerOptions {
  readonly store: Store; readonly compiler: KqlCompiler; readonly newId: () => string;
  /** Has an agent turned this deployment off? */
  readonly isBroken: (rule: StoredRule) => boolean;
}

/** A readable document with what was made of it. */
interface Checked { readonly text: string; readonly document: RuleDocument; readonly check: StoredCheck }

export class RulePlanner {
  readonly #options: PlannerOptions;
  constructor(options: PlannerOptions) { this.#options = options; }

  async create(source: RuleSource, note: string, wish: Wish): Plan {
    const checked = await this.check(textOf(source, null));
    if (!checked.ok) return checked;
    const { document } = checked.value;
    if (await this.#options.store.rules.findByName(document.name) !== null) return nameTaken(document.name);
    const rule: StoredRule = {
      id: this.#options.newId() as RuleId, name: document.name, state: 'draft', latestVersion: 1, deployedVersion: null, createdAt: wish.at, updatedAt: wish.at, deployedAt: null,
      mode: null, expiresAt: null, deployment: 0,
    };
    return planned(rule, { after: rule, action: null, newVersion: newVersion(rule, checked.value, note, wish), audit: [{ action: 'rule.create', before: null, after: document, more: { version: 1, note } }] });
  }

  /** A text equal to the latest version's changes nothing. */
  async save(id: string, source: RuleSource, note: string, wish: Wish): Plan {
    const rule = await this.#options.store.rules.get(id);
    if (rule === null) return unknownRule(id);
    const latest = await this.#latest(rule);
    const text = textOf(source, latest);
    if (text === latest.text) return planned(rule, null);
    const checked = await this.check(text);
    if (!checked.ok) return checked;
    const { name } = checked.value.document;
    if (name !== rule.name && await this.#options.store.rules.findByName(name) !== null) return nameTaken(name);
    return planned(rule, { ...saved(rule, latest, checked.value, note, wish), action: null });
  }

  /** Checks again, so that what goes out is what today's compiler accepts. `version` null: the latest. */
  async deploy(id: string, version: number | null, mode: RuleMode, { at }: Wish): Plan {
    const rule = await this.#options.store.rules.get(id);
    if (rule === null) return unknownRule(id);
    const number = version ?? rule.latestVersion;
    const stored = await this.#options.store.rules.version(rule.id, number);
    if (stored === null) return refuse('rule.version-unknown', `Rule ${rule.name} has no version ${number}; its latest is ${rule.latestVersion}.`);
    if (this.#runsAlready(rule, number, mode)) return planned(rule, null);
    const checked = await this.#runnable(rule, stored.text, number);
    if (!checked.ok) return checked;
    const after: StoredRule = { ...rule, state: 'deployed', deployedVersion: number, deployedAt: at, updatedAt: at, mode, expiresAt: endOf(checked.value.check, at) };
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
    const checked = rule.deployedVersion === null ? await this.check(text) : await this.#runnable(rule, text, number);
    if (!checked.ok) return checked;
    const change = saved(rule, latest, checked.value, `order ${latest.document.order} -> ${order}`, wish);
    if (rule.deployedVersion === null) return planned(rule, { ...change, action: null });
    const after: StoredRule = { ...change.after, deployedVersion: number, deployedAt: wish.at };
    return planned(rule, { ...change, after, action: 'deploy', goesOn: true, audit: [...change.audit, { action: 'rule.deploy', before: standing(rule), after: standing(after) }] });
  }

  /** A text that is no document is refused; one whose KQL does not compile is not: it can be kept. */
  async check(text: string): Promise<Result<Checked, Problem>> {
    let checked: CheckedRule;
    try {
      checked = await this.#options.compiler.check(text);
    } catch (error) {
      return refuse('compiler.unavailable', `The KQL compiler could not run: ${error instanceof Error ? error.message : String(error)}`);
    }
    const { document, compiled, problems } = checked;
    return document === null ? unreadable(problems) : ok({ text, document, check: { compiled, diagnostics: problems, checker: checkerVersion } });
  }

  async #runnable(rule: StoredRule, text: string, version: number): Promise<Result<Checked, Problem>> {
    const checked = await this.check(text);
    if (!checked.ok) return checked;
    const { compiled, diagnostics } = checked.value.check;
    if (compiled === null) return doesNotCompile(rule, version, diagnostics);
    const runs = armed(compiled);
    return runs.ok ? checked : runs;
  }

  /** A deployment that agents turned off starts again by deploying it again, and one with an end gets a new end. */
  #runsAlready(rule: StoredRule, version: number, mode: RuleMode): boolean {
    return rule.deployedVersion === version && rule.mode === mode && rule.expiresAt === null && !this.#options.isBroken(rule);
  }

  // Every rule has its latest version: both are written in one transaction.
  async #latest(rule: StoredRule): Promise<StoredVersion> { return await this.#options.store.rules.version(rule.id, rule.latestVersion) as StoredVersion; }
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

const endOf = ({ compiled }: StoredCheck, at: string): string | null =>
  (compiled === null || compiled.expiresAfterMs === null ? null : new Date(Date.parse(at) + compiled.expiresAfterMs).toISOString());
