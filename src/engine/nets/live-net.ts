// AgentRule -> a net that can be armed: its machine, its clock, and per signal which records it has to meet.
import type { Clock, Failure, Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import { defaultBounds, signals, type AgentRuleInput, type RuleMode, type Signal } from '../../model/index.ts';
import type { Value } from '../../otlp/index.ts';
import type { RuleMeter } from '../budget/index.ts';
import { createMachine, MachineClock, parseMachine, recordNeeds, type Machine } from '../machine/index.ts';
import { conjuncts, type Step } from '../record/index.ts';
import { gateOf, ruleKeys, type Indexed } from '../pipeline/dispatch/index.ts';
import type { Counters } from '../pipeline/live-rule.ts';
import { hashesOf } from '../pipeline/stage.ts';
import { compileTargets } from '../pipeline/targets.ts';
import { NetBook } from './net-book.ts';
import type { NetRule } from './types.ts';

export interface LiveNet {
  readonly rule: NetRule;
  readonly mode: RuleMode;
  readonly machine: Machine;
  readonly clock: MachineClock;
  readonly book: NetBook;
  readonly meter: RuleMeter;
  readonly counters: Counters;
  readonly bySignal: ReadonlyMap<Signal, NetSignal>;
}
/** A net among those that meet records of one signal. */
export interface NetSignal extends Indexed { readonly net: LiveNet; /** Whether the record is one that the rule is for; null when all are. */ readonly test: Step | null }

export interface NetContext { readonly clock: Clock; readonly agent?: Readonly<Record<string, Value>> }
/** What the rule counts and costs; made around the machine, whose memory is the rule's. */
export type NetParts = (machine: Machine) => Pick<LiveNet, 'meter' | 'counters'>;
/** The same deployment of a rule: its names may have come to stand for others. */
export const isSameDeployment = (a: LiveNet, b: LiveNet): boolean => a.rule.id === b.rule.id && a.rule.version === b.rule.version && a.rule.deployment === b.rule.deployment && a.mode === b.mode;

/** `before`: the same deployment under other names; its clock and what it tells of itself go on. Errors: `machine-invalid`. Throws CompileError for targets that cannot be compiled. */
export function compileNet(rule: AgentRuleInput, context: NetContext, parts: NetParts, before?: Pick<LiveNet, 'clock' | 'book'> | null): Result<LiveNet, Failure> {
  const plan = parseMachine(rule.machine);
  if (!plan.ok) return plan;
  const { id, name, version, deployment = 0, mode = 'live', bounds = defaultBounds } = rule;
  const machine = createMachine(plan.value, context.clock, bounds.memoryBytes / 2);
  if (!machine.ok) return machine;
  const bySignal = new Map<Signal, NetSignal>();
  const net: LiveNet = { rule: { id, name, version, deployment }, mode, machine: machine.value, clock: before?.clock ?? new MachineClock(), book: before?.book ?? new NetBook(), ...parts(machine.value), bySignal };
  for (const signal of signals) {
    const meets = meetingOf(rule, machine.value, signal, context);
    if (meets !== null) bySignal.set(signal, { net, ...meets });
  }
  return ok(net);
}

/** Null when no record of the signal can matter, or none of this agent. */
function meetingOf(rule: AgentRuleInput, { plan }: Machine, signal: Signal, { clock, agent = {} }: NetContext): Omit<NetSignal, 'net'> | null {
  const needs = recordNeeds(plan, signal);
  const targets = compileTargets(rule.targets, signal, agent, clock);
  if (needs === null || !targets.possible) return null;
  const clauses = conjuncts(needs.condition).map((expr) => ({ expr, bindings: needs.bindings }));
  return { test: targets.test, nameHashes: hashesOf(ruleKeys([...targets.clauses, ...clauses], signal).names), gate: gateOf(clauses) };
}
