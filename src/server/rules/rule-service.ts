// What can be done with rules. Each change is one transaction: the rule, its deployment, the raised revision and the audit
// entry; then the new configuration goes to the fleet. Changes run one after another.
import { ok, type Result } from '../../base/index.ts';
import type { AgentConfig, RuleDocument, RuleId } from '../../model/index.ts';
import { planVersion } from '../../kql/index.ts';
import { record } from '../audit/index.ts';
import type { Principal } from '../auth/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import type { CompileMode, CompileResult, KqlCompiler } from '../ports/compiler.ts';
import { Serial } from '../ports/serial.ts';
import type { Store, StoredDeployment, StoredRule, StoredVersion, StoreParts } from '../store/index.ts';
import { deployedConfig, raiseRevision } from './agent-config.ts';
import { contentHash } from './canonical.ts';

/** The fleet as rules need it. */
interface ConfigTarget {
  publish(config: AgentConfig): void;
  /** Records a second that leave the rules, measured just before now; null when unknown. */
  outPerSecond(): number | null;
}

interface RuleServiceOptions {
  readonly store: Store; readonly compiler: KqlCompiler; readonly target: ConfigTarget;
  /** ISO 8601 in UTC. */
  readonly now: () => string;
  readonly newId: () => string;
}

type Done<T = StoredRule> = Promise<Result<T, Problem>>;

export class RuleService {
  readonly #options: RuleServiceOptions;
  readonly #changes = new Serial();
  constructor(options: RuleServiceOptions) { this.#options = options; }

  get #store(): Store { return this.#options.store; }

  /** Renews plans of an older format and hands the stored configuration to the fleet; once, at the start. */
  async load(): Promise<void> {
    for (const rule of await this.#store.rules.list()) if (rule.deployedVersion !== null) await this.#renew(rule, rule.deployedVersion);
    this.#options.target.publish(await deployedConfig(this.#store));
  }

  create(document: RuleDocument, note: string, principal: Principal): Done {
    return this.#changes.run(async () => {
      if (await this.#store.rules.findByName(document.name) !== null) return nameTaken(document.name);
      const compiled = await this.compile(document.kql, 'rule');
      if (!compiled.ok) return compiled;
      const at = this.#options.now();
      const id = this.#options.newId() as RuleId;
      const rule: StoredRule = { id, name: document.name, state: 'draft', latestVersion: 1, deployedVersion: null, createdAt: at, updatedAt: at, deployedAt: null };
      await this.#store.transaction(async (parts) => {
        await parts.rules.put(rule);
        await parts.rules.addVersion(newVersion(rule, document, compiled.value, note, principal, at));
        await record(parts, principal, at, { action: 'rule.create', subject: `rule:${id}`, before: null, after: document, more: { name: document.name, version: 1, note } });
      });
      return ok(rule);
    });
  }

  /** Content equal to the latest version's changes nothing and is no mutation. */
  save(id: string, document: RuleDocument, note: string, principal: Principal): Done {
    return this.#changes.run(async () => {
      const rule = await this.#store.rules.get(id);
      if (rule === null) return unknownRule(id);
      const latest = await this.#store.rules.version(rule.id, rule.latestVersion) as StoredVersion;
      if (latest.contentHash === contentHash(document)) return ok(rule);
      if (document.name !== rule.name && await this.#store.rules.findByName(document.name) !== null) return nameTaken(document.name);
      const compiled = await this.compile(document.kql, 'rule');
      if (!compiled.ok) return compiled;
      const at = this.#options.now();
      const next: StoredRule = { ...rule, name: document.name, latestVersion: rule.latestVersion + 1, updatedAt: at };
      await this.#store.transaction(async (parts) => {
        await parts.rules.put(next);
        await parts.rules.addVersion(newVersion(next, document, compiled.value, note, principal, at));
        await record(parts, principal, at, { action: 'rule.save', subject: `rule:${id}`, before: latest.document, after: document, more: { name: next.name, version: next.latestVersion, note } });
      });
      return ok(next);
    });
  }

  /** Compiles again, so that what goes out is what today's compiler accepts. Deploying what is deployed changes nothing. */
  deploy(id: string, number: number, principal: Principal): Done {
    return this.#changes.run(async () => {
      const rule = await this.#store.rules.get(id);
      if (rule === null) return unknownRule(id);
      const version = await this.#store.rules.version(rule.id, number);
      if (version === null) return refuse('rule.version-unknown', `Rule ${rule.name} has no version ${number}; its latest is ${rule.latestVersion}.`);
      if (rule.deployedVersion === number) return ok(rule);
      const compiled = await this.compile(version.document.kql, 'rule');
      if (!compiled.ok) return compiled;
      if (compiled.value.plan === null) return doesNotCompile(rule, number, compiled.value);
      const at = this.#options.now();
      return this.#move(rule, { ...rule, state: 'deployed', deployedVersion: number, deployedAt: at, updatedAt: at }, 'deploy', principal,
        (parts) => parts.rules.renewPlan(rule.id, number, compiled.value.plan, compiled.value.diagnostics));
    });
  }

  /** Disabling what is disabled changes nothing. */
  disable(id: string, principal: Principal): Done {
    return this.#changes.run(async () => {
      const rule = await this.#store.rules.get(id);
      if (rule === null) return unknownRule(id);
      if (rule.state === 'disabled') return ok(rule);
      if (rule.state === 'draft') return refuse('rule.not-deployed', `Rule ${rule.name} is not deployed.`);
      return this.#move(rule, { ...rule, state: 'disabled', deployedVersion: null, updatedAt: this.#options.now() }, 'disable', principal);
    });
  }

  /** A deployed rule is refused unless `force`: then agents stop running it first. Versions stay for the audit; the name is free again. */
  remove(id: string, force: boolean, principal: Principal): Done {
    return this.#changes.run(async () => {
      const rule = await this.#store.rules.get(id);
      if (rule === null) return unknownRule(id);
      const deployed = rule.state === 'deployed';
      if (deployed && !force) return refuse('rule.deployed', `Rule ${rule.name} runs on the fleet at version ${rule.deployedVersion}.`);
      const at = this.#options.now();
      const gone: StoredRule = { ...rule, state: 'disabled', deployedVersion: null, updatedAt: at };
      if (deployed) return this.#move(rule, gone, 'delete', principal, (parts) => parts.rules.markDeleted(rule.id, at));
      await this.#store.transaction(async (parts) => {
        await parts.rules.markDeleted(rule.id, at);
        await record(parts, principal, at, { action: 'rule.delete', subject: `rule:${id}`, before: standing(rule), after: null, more: { name: rule.name } });
      });
      return ok(gone);
    });
  }

  async compile(kql: string, mode: CompileMode): Done<CompileResult> {
    try {
      return ok(await this.#options.compiler.compile(kql, mode));
    } catch (error) {
      return refuse('compiler.unavailable', `The KQL compiler could not run: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** A change of what the fleet runs. */
  async #move(before: StoredRule, after: StoredRule, action: StoredDeployment['action'], principal: Principal, also?: (parts: StoreParts) => Promise<void>): Done {
    const { target, store, now } = this.#options;
    const at = after.deployedAt !== null && action === 'deploy' ? after.deployedAt : now();
    const outBeforePerSecond = target.outPerSecond();
    const config = await store.transaction(async (parts) => {
      await parts.rules.put(after);
      await also?.(parts);
      const revision = await raiseRevision(parts);
      await parts.rules.addDeployment({ ruleId: after.id, ruleName: after.name, action, version: after.deployedVersion, revision, author: principal.user, at, outBeforePerSecond });
      await record(parts, principal, at, { action: `rule.${action}`, subject: `rule:${after.id}`, before: standing(before), after: action === 'delete' ? null : standing(after), more: { name: after.name, revision } });
      return deployedConfig(parts);
    });
    target.publish(config);
    return ok(after);
  }

  async #renew(rule: StoredRule, number: number): Promise<void> {
    const version = await this.#store.rules.version(rule.id, number);
    if (version === null || version.plan?.version === planVersion) return;
    const { plan, diagnostics } = await this.#options.compiler.compile(version.document.kql, 'rule');
    // A text that today's compiler refuses keeps its old plan: agents say what they think of it.
    if (plan !== null) await this.#store.rules.renewPlan(rule.id, number, plan, diagnostics);
  }
}

const standing = ({ state, deployedVersion }: StoredRule) => ({ state, deployedVersion });

function newVersion(rule: StoredRule, document: RuleDocument, compiled: CompileResult, note: string, principal: Principal, at: string): StoredVersion {
  return { ruleId: rule.id, version: rule.latestVersion, document, plan: compiled.plan, diagnostics: compiled.diagnostics, contentHash: contentHash(document), author: principal.user, note, createdAt: at };
}

const unknownRule = (id: string) => refuse('rule.unknown', `There is no rule with the id "${id}".`);
const nameTaken = (name: string) => refuse('rule.name-taken', `Another rule is called ${name}.`);

function doesNotCompile(rule: StoredRule, version: number, { diagnostics }: CompileResult) {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  return refuse('rule.does-not-compile', `Version ${version} of ${rule.name} has ${errors.length === 1 ? 'an error' : `${errors.length} errors`} in its KQL, so it was not deployed: ${errors[0]?.message ?? 'it has no plan.'}`, {
    diagnostics, issues: errors.map(({ message }) => ({ path: 'document.kql', message })),
  });
}
