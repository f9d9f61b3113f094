// What can be done with rules. Each request is planned (rule-plans.ts) and then done at once (commit.ts): one transaction,
// one configuration to the fleet. Requests run one after another.
import { ok, type Result } from '../../base/index.ts';
import type { RuleMode } from '../../model/index.ts';
import { weirItself, type Actor } from '../audit/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { checkerVersion, type CompileMode, type CompileResult, type KqlCompiler } from '../ports/compiler.ts';
import { Serial } from '../ports/serial.ts';
import type { Store, StoredRule } from '../store/index.ts';
import { deployedConfig } from './agent-config.ts';
import type { Change } from './change.ts';
import { commit, type ConfigTarget } from './commit.ts';
import { ended, RulePlanner, type Planned, type Wish } from './rule-plans.ts';
import type { RuleSource } from './rule-text.ts';

interface RuleServiceOptions {
  readonly store: Store; readonly compiler: KqlCompiler; readonly target: ConfigTarget;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly isBroken: (rule: StoredRule) => boolean;
  /** A rule ended by itself. */
  readonly onExpired: (rule: StoredRule) => void;
  /** What went wrong without stopping anything. */
  readonly onError: (error: unknown) => void;
}

type Done<T = StoredRule> = Promise<Result<T, Problem>>;
interface BulkWish { readonly action: 'deploy' | 'disable' | 'delete'; readonly mode: RuleMode; readonly ids: readonly string[] }

export class RuleService {
  readonly #options: RuleServiceOptions;
  readonly #planner: RulePlanner;
  readonly #changes = new Serial();
  /** When the next deployed rule ends, Unix milliseconds; infinite when none does. */
  #nextEndMs = 0;

  constructor(options: RuleServiceOptions) {
    this.#options = options;
    this.#planner = new RulePlanner(options);
  }

  /** Checks again what older checkers checked, ends what is over, and hands the configuration to the fleet; once, at the start. */
  async load(): Promise<void> {
    await this.#renewChecks();
    await this.expireDue();
    this.#options.target.publish(await deployedConfig(this.#options.store));
  }

  create(source: RuleSource, note: string, actor: Actor): Done { return this.#do(actor, (wish) => this.#planner.create(source, note, wish)); }
  save(id: string, source: RuleSource, note: string, actor: Actor): Done { return this.#do(actor, (wish) => this.#planner.save(id, source, note, wish)); }
  /** Deploying what is deployed changes nothing, unless an agent turned it off or it has an end. */
  deploy(id: string, version: number, mode: RuleMode, actor: Actor): Done { return this.#do(actor, (wish) => this.#planner.deploy(id, version, mode, wish)); }
  disable(id: string, actor: Actor): Done { return this.#do(actor, (wish) => this.#planner.disable(id, wish)); }
  remove(id: string, force: boolean, actor: Actor): Done { return this.#do(actor, (wish) => this.#planner.remove(id, force, wish)); }

  /** All or nothing: one rule that cannot be moved refuses them all. */
  reorder(places: readonly { readonly id: string; readonly order: number }[], actor: Actor): Done<void> {
    return this.#changes.run(async () => {
      const wish = this.#wish(actor);
      const changes: Change[] = [];
      // The last word about a rule counts.
      for (const [id, order] of new Map(places.map((place) => [place.id, place.order]))) {
        const plan = await this.#planner.place(id, order, wish);
        if (!plan.ok) return plan;
        if (plan.value.change !== null) changes.push(plan.value.change);
      }
      await this.#commit(changes, wish);
      return ok(undefined);
    });
  }

  /** What can be done is done, with one configuration at the end; one result per id, in the order asked for. */
  bulk({ action, mode, ids }: BulkWish, actor: Actor): Promise<readonly { readonly id: string; readonly result: Result<Planned, Problem> }[]> {
    return this.#changes.run(async () => {
      const wish = this.#wish(actor);
      const plans = new Map<string, Result<Planned, Problem>>();
      for (const id of ids) if (!plans.has(id)) plans.set(id, await this.#planOne(action, mode, id, wish));
      await this.#commit([...plans.values()].flatMap((plan) => (plan.ok && plan.value.change !== null ? [plan.value.change] : [])), wish);
      return ids.map((id) => ({ id, result: plans.get(id) as Result<Planned, Problem> }));
    });
  }

  /** Ends rules whose time has come; agents end them alone, too. Cheap when there is nothing to do. */
  async expireDue(): Promise<void> {
    if (this.#options.nowMs() < this.#nextEndMs) return;
    await this.#changes.run(async () => {
      const wish = this.#wish(weirItself);
      const ending = (await this.#options.store.rules.list()).filter(({ expiresAt }) => expiresAt !== null && expiresAt <= wish.at);
      await this.#commit(ending.map((rule) => ended(rule, 'expire', wish.at)), wish);
      await this.#noteNextEnd();
      for (const rule of ending) this.#options.onExpired(rule);
    });
  }

  async compile(kql: string, mode: CompileMode): Done<CompileResult> {
    try {
      return ok(await this.#options.compiler.compile(kql, mode));
    } catch (error) {
      return refuse('compiler.unavailable', `The KQL compiler could not run: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #do(actor: Actor, plan: (wish: Wish) => Promise<Result<Planned, Problem>>): Done {
    return this.#changes.run(async () => {
      const wish = this.#wish(actor);
      const decided = await plan(wish);
      if (!decided.ok) return decided;
      const { rule, change } = decided.value;
      const [after] = change === null ? [] : await this.#commit([change], wish);
      return ok(after ?? rule);
    });
  }

  #planOne(action: BulkWish['action'], mode: RuleMode, id: string, wish: Wish): Promise<Result<Planned, Problem>> {
    if (action === 'deploy') return this.#planner.deploy(id, null, mode, wish);
    return action === 'disable' ? this.#planner.disable(id, wish) : this.#planner.remove(id, false, wish);
  }

  async #commit(changes: readonly Change[], { actor, at }: Wish): Promise<StoredRule[]> {
    const after = await commit(this.#options.store, this.#options.target, changes, actor, at);
    if (changes.some(({ action }) => action !== null)) await this.#noteNextEnd();
    return after;
  }

  async #noteNextEnd(): Promise<void> {
    const ends = (await this.#options.store.rules.list()).flatMap(({ expiresAt }) => (expiresAt === null ? [] : [Date.parse(expiresAt)]));
    this.#nextEndMs = Math.min(...ends, Infinity);
  }

  #wish(actor: Actor): Wish { return { actor, at: new Date(this.#options.nowMs()).toISOString() }; }

  /** A deployed text that today's checker refuses keeps its old plan: agents say what they think of it. */
  async #renewChecks(): Promise<void> {
    const { store, onError } = this.#options;
    for (const version of await store.rules.checkedBefore(checkerVersion)) {
      const checked = await this.#planner.check(version.text);
      if (!checked.ok) { onError(new Error(`Version ${version.version} of rule ${version.document.name} could not be checked again: ${checked.error.message}`)); continue; }
      await store.rules.renewCheck(version.ruleId, version.version, { ...checked.value.check, compiled: checked.value.check.compiled ?? version.compiled });
    }
  }
}
