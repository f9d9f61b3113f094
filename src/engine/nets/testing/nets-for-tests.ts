// Armed nets for tests: rules compiled as an agent compiles them, records at times, and what happened as lines.
import { ManualClock } from '../../../base/index.ts';
import type { Expr } from '../../../kql/index.ts';
import type { AgentRuleInput } from '../../../model/index.ts';
import { codec, encodeLogs, type RequestView } from '../../../otlp/index.ts';
import { BudgetKeeper } from '../../budget/index.ts';
import { machinePlanVersion, type MachinePlan, type MachinePlanAction, type MachinePlanState } from '../../machine/index.ts';
import { BodyTemplates } from '../../pipeline/body-templates.ts';
import { compileRule, type LiveRule, type RuleContext } from '../../pipeline/compile-rule.ts';
import { NamedTemplates } from '../../pipeline/named-templates.ts';
import { Coverage, Ledger, Names } from '../../redaction/index.ts';
import { NetSet } from '../net-set.ts';

export const second = 1_000_000_000n;
export const startNano = 1_767_225_600_000_000_000n;
export const startMs = Number(startNano / 1_000_000n);

const bool = (fn: string, ...args: readonly Expr[]): Expr => ({ k: 'call', type: 'bool', fn, args });
const text = (value: string): Expr => ({ k: 'literal', type: 'string', value });
const attribute = (key: string): Expr => ({ k: 'member', type: 'dynamic', base: { k: 'column', type: 'dynamic', name: 'Attributes' }, key: text(key) });
export const named = (name: string): Expr => bool('==', { k: 'column', type: 'string', name: 'EventName' }, text(name));
export const deep: Expr = bool('and', named('QueueDepth'), bool('>', { k: 'call', type: 'int', fn: 'toint', args: [attribute('depth')] }, { k: 'literal', type: 'long', value: 200 }));
export const on = (to: string, when: Expr, count = 1, withinMs: number | null = null): MachinePlanState['on'][number] => ({ when, text: 'guard', count, withinNanos: withinMs === null ? null : String(BigInt(withinMs) * 1_000_000n), to });
export const state = (name: string, more: Partial<MachinePlanState> = {}): MachinePlanState => ({ name, enter: [], on: [], after: [], ...more });
export const after = (ms: number, to: string): MachinePlanState['after'][number] => ({ nanos: String(BigInt(ms) * 1_000_000n), to });
export const act = (action: string, more: Partial<MachinePlanAction> = {}): MachinePlanAction => ({ action, as: null, if: null, ifText: null, parameters: {}, ...more });
export const limits = { actions: 5, perNanos: String(3600n * second), cooldownNanos: '0', maxKeys: 100 };
export const machine = (states: readonly MachinePlanState[], more: Partial<MachinePlan> = {}): MachinePlan => ({ version: machinePlanVersion, key: [{ text: 'queue', expr: attribute('queue') }], initial: states[0]!.name, states, limits, ...more });
export const netRule = (id: string, plan: MachinePlan, more: Partial<AgentRuleInput> = {}): AgentRuleInput => ({ id, name: id, version: 1, order: 100, plan: null, machine: JSON.parse(JSON.stringify(plan)) as unknown, ...more });

export const stuck = machine([
  state('idle', { on: [on('growing', deep)] }),
  state('growing', { after: [after(60_000, 'idle')], on: [on('stuck', deep, 5, 30_000)] }),
  state('stuck', { enter: [act('cpu-sample', { as: 'cpu', parameters: { durationMs: 5000 } }), act('collect-recorder', { parameters: { recorder: 'r' } })], after: [after(300_000, 'idle')] }),
]);

export interface Line { readonly name: string; readonly atMs?: number | null; readonly attributes?: Readonly<Record<string, string | number>>; readonly service?: string; readonly resource?: Readonly<Record<string, string | number>> }

/** Requests end to end are one request. */
export function requestOf(lines: readonly Line[]): Uint8Array {
  const parts = lines.map(({ name, atMs = null, attributes = {}, service = 'shop', resource = {} }) => encodeLogs({ 'service.name': service, ...resource }, 's', [
    { eventName: name, attributes: { queue: 'orders', ...attributes }, ...(atMs !== null && { timeUnixNano: startNano + BigInt(Math.round(atMs * 1000)) * 1000n }) },
  ]));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { bytes.set(part, at); at += part.length; }
  return bytes;
}

export function viewOf(bytes: Uint8Array): RequestView {
  const walked = codec.walk('logs', bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
}

export class TestNets {
  readonly clock = new ManualClock(startNano);
  readonly keeper: BudgetKeeper;
  readonly nets: NetSet;
  rules: LiveRule[] = [];
  readonly #context: RuleContext;

  constructor({ measure = true, keeper }: { readonly measure?: boolean; readonly keeper?: BudgetKeeper } = {}) {
    this.keeper = keeper ?? new BudgetKeeper({ clock: this.clock, measure });
    this.nets = new NetSet(this.keeper);
    const names = new Names();
    const coverage = new Coverage(names);
    this.#context = { isTrial: false, templates: new NamedTemplates(new BodyTemplates()), clock: this.clock, maxGroups: 100, names, ledger: new Ledger(names, coverage, undefined, () => 0), agent: { 'host.name': 'here' } };
  }

  compile(rule: AgentRuleInput): LiveRule {
    const made = compileRule(rule, this.#context);
    if (!made.ok) throw new Error(made.error.message);
    return made.value;
  }

  arm(...rules: readonly AgentRuleInput[]): this {
    this.rules = rules.map((rule) => this.compile(rule));
    this.nets.replace(this.rules.flatMap(({ net }) => net ?? []), this.now);
    return this;
  }

  get now(): bigint { return this.clock.nowUnixNano(); }
  /** Records as they come, at the wall clock of now. */
  offer(...lines: readonly Line[]): void { this.nets.offer(viewOf(requestOf(lines)), this.now); }
  /** The wall clock, after the start. */
  at(ms: number): this { this.clock.advanceMs(startMs + ms - Number(this.now / 1_000_000n)); return this; }

  /** Timers up to now, all of them. */
  pass(): this { while (this.nets.advance(this.now)) { /* in slices */ } return this; }

  /** What each net has told, oldest first. */
  told(): readonly string[] {
    return this.nets.report(this.now).flatMap(({ events }) => events.toReversed().map((one) => (one.event === 'transition' ? `${one.key}: ${one.from} -> ${one.to}` : one.event === 'key-evicted' ? `${one.key}: evicted` : `${one.key}: ${one.event === 'action' ? 'run' : 'not run'} ${one.action}`)));
  }
}
