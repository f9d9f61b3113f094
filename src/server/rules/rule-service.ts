// What can be done with rules. Each request is planned (rule-plans.ts) and then done at once (commit.ts): one transaction,
// one configuration to the fleet. Requests run one after another, but none while the compiler thinks (checks.ts).
import { ok, type Result } from '../../base/index.ts';
import type { RuleMode } from '../../model/index.ts';
import { weirItself, type Actor } from '../audit/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { checkerVersion, type CompileMode, type CompileResult, type KqlCompiler } from '../ports/compiler.ts';
import { Serial } from '../ports/serial.ts';
import type { Store, StoreParts, StoredRule } from '../store/index.ts';
import { deployedConfig, raiseRevision } from './agent-config.ts';
import type { Change } from './change.ts';
import { answered, Checks, checkText } from './checks.ts';
import { commit, FleetTooLarge, type ConfigTarget } from './commit.ts';
import { keepsChanging } from './refusals.ts';
import { ended, RulePlanner, type DeployWish, type Planned, type SaveWish, type Wish } from './rule-plans.ts';

interface RuleServiceOptions {
  readonly store: Store; readonly compiler: KqlCompiler; readonly target: ConfigTarget;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly isBroken: (rule: StoredRule) => boolean;
  /** Rules ended by themselves, all in one moment. */
  readonly onExpired: (rules: readonly StoredRule[]) => void;
  /** What went wrong without stopping anything. */
  readonly onError: (error: unknown) => void;
}

type Done<T = StoredRule> = Promise<Result<T, Problem>>;
interface BulkWish { readonly action: 'deploy' | 'disable' | 'delete'; readonly mode: RuleMode; readonly ids: readonly string[] }

/** Two rounds ask the compiler (for a text, for its check); the others are for rules that others change meanwhile. */
const maxRounds = 10;

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
    const { store, target } = this.#options;
    target.publish(await deployedConfig(store, target.templatesOf));
  }

  /** Something else that agents get with their rules changes: `change` runs within the transaction that raises the revision. */
  async republish(change: (parts: StoreParts) => Promise<void>): Promise<void> {
    const { store, target } = this.#options;
    const config = await store.transaction(async (parts) => { await change(parts); await raiseRevision(parts); return deployedConfig(parts, target.templatesOf); });
    target.publish(config);
  }

  create(source: SaveWish, actor: Actor): Done { return this.#do(actor, (wish) => this.#planner.create(source, wish)); }
  save(id: string, source: SaveWish, actor: Actor): Done { return this.#do(actor, (wish) => this.#planner.save(id, source, wish)); }
  /** Deploying what is deployed changes nothing, unless an agent turned it off or it has an end. */
  deploy(id: string, wanted: DeployWish, actor: Actor): Done { return this.#do(actor, (wish) => this.#planner.deploy(id, wanted, wish)); }
  disable(id: string, actor: Actor): Done { return this.#do(actor, (wish) => this.#planner.disable(id, wish)); }
  remove(id: string, force: boolean, actor: Actor): Done { return this.#do(actor, (wish) => this.#planner.remove(id, force, wish)); }

  /** All or nothing: one rule that cannot be moved refuses them all. */
  reorder(places: readonly { readonly id: string; readonly order: number }[], actor: Actor): Done<void> {
    // The last word about a rule counts.
    const wanted = [...new Map(places.map((place) => [place.id, place.order]))];
    return this.#decide(actor, (wish) => inTurn(wanted, ([id, order]) => this.#planner.place(id, order, wish)), async (plans, wish) => {
      const refused = plans.find((plan) => !plan.ok);
      if (refused !== undefined) return refused;
      await this.#commit(changesOf(plans), wish);
      return ok(undefined);
    });
  }

  /** What can be done is done, with one configuration at the end; one result per id, in the order asked for. */
  bulk({ action, mode, ids }: BulkWish, actor: Actor): Done<readonly { readonly id: string; readonly result: Result<Planned, Problem> }[]> {
    const distinct = [...new Set(ids)];
    return this.#decide(actor, (wish) => inTurn(distinct, (id) => this.#planOne(action, mode, id, wish)), async (plans, wish) => {
      await this.#commit(changesOf(plans), wish);
      const byId = new Map(distinct.map((id, i) => [id, plans[i] as Result<Planned, Problem>]));
      return ok(ids.map((id) => ({ id, result: byId.get(id) as Result<Planned, Problem> })));
    });
  }

  /** Ends rules whose time has come; agents end them alone, too. Cheap when there is nothing to do. */
  async expireDue(): Promise<void> {
    if (this.#options.nowMs() < this.#nextEndMs) return;
    await this.#changes.run(async () => {
      const wish = { actor: weirItself, at: new Date(this.#options.nowMs()).toISOString() };
      const ending = (await this.#options.store.rules.list()).filter(({ expiresAt }) => expiresAt !== null && expiresAt <= wish.at);
      await this.#commit(ending.map((rule) => ended(rule, 'expire', wish.at)), wish);
      await this.#noteNextEnd();
      if (ending.length > 0) this.#options.onExpired(ending);
    });
  }

  compile(kql: string, mode: CompileMode): Done<CompileResult> { return answered(() => this.#options.compiler.compile(kql, mode)); }

  #do(actor: Actor, plan: (wish: Wish) => Promise<Result<Planned, Problem>>): Done {
    return this.#decide(actor, plan, async (decided, wish) => {
      if (!decided.ok) return decided;
      const { rule, change } = decided.value;
      const [after] = change === null ? [] : await this.#commit([change], wish);
      return ok(after ?? rule);
    });
  }

  /** Plans and acts in one turn of the lock. A plan that needs the compiler gives its turn up, and is made anew with the answers
   *  from the rules as they are then; so it always rests on what is stored when it is done. */
  async #decide<P, T>(actor: Actor, plan: (wish: Wish) => Promise<P>, act: (plan: P, wish: Wish) => Done<T>): Done<T> {
    const checks = new Checks(this.#options.compiler);
    for (let round = 0; round < maxRounds; round++) {
      const done = await this.#changes.run(async () => {
        const wish = this.#wish(actor, checks);
        const planned = await plan(wish);
        return checks.isComplete ? await act(planned, wish) : null;
      }).catch(tooLarge);
      if (done !== null) return done;
      await checks.learn();
    }
    return keepsChanging();
  }

  #planOne(action: BulkWish['action'], mode: RuleMode, id: string, wish: Wish): Promise<Result<Planned, Problem>> {
    if (action === 'deploy') return this.#planner.deploy(id, { version: null, mode }, wish);
    return action === 'disable' ? this.#planner.disable(id, wish) : this.#planner.remove(id, false, wish);
  }

  async #commit(changes: readonly Change[], { actor, at }: Pick<Wish, 'actor' | 'at'>): Promise<StoredRule[]> {
    const after = await commit(this.#options.store, this.#options.target, changes, actor, at);
    if (changes.some(({ action }) => action !== null)) await this.#noteNextEnd();
    return after;
  }

  async #noteNextEnd(): Promise<void> {
    const ends = (await this.#options.store.rules.list()).flatMap(({ expiresAt }) => (expiresAt === null ? [] : [Date.parse(expiresAt)]));
    this.#nextEndMs = Math.min(...ends, Infinity);
  }

  #wish(actor: Actor, checks: Checks): Wish { return { actor, checks, at: new Date(this.#options.nowMs()).toISOString() }; }

  /** A deployed text that today's checker refuses keeps its old plan: agents say what they think of it. */
  async #renewChecks(): Promise<void> {
    const { store, compiler, onError } = this.#options;
    for (const version of await store.rules.checkedBefore(checkerVersion)) {
      const checked = await checkText(compiler, version.text);
      if (!checked.ok) { onError(new Error(`Version ${version.version} of rule ${version.document.name} could not be checked again: ${checked.error.message}`)); continue; }
      await store.rules.renewCheck(version.ruleId, version.version, { ...checked.value.check, compiled: checked.value.check.compiled ?? version.compiled });
    }
  }
}

function tooLarge(error: unknown): Result<never, Problem> {
  if (error instanceof FleetTooLarge) return refuse('rule.fleet-too-large', error.message);
  throw error;
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}

const changesOf = (plans: readonly Result<Planned, Problem>[]): Change[] => plans.flatMap((plan) => (plan.ok && plan.value.change !== null ? [plan.value.change] : []));
