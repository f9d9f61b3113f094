// A state-machine document to a MachinePlan: every guard, action condition and key compiled, the graph checked.
import { createMachine, machinePlanVersion, parseMachine, type MachinePlan, type MachinePlanAction, type MachinePlanState, type MachinePlanTraining, type MachinePlanTransition } from '../../engine/index.ts';
import type { Expr, KqlLanguage } from '../../kql/index.ts';
import type { KqlDiagnostic, MachineAction, MachineDocument, MachineState, MachineTransition } from '../../model/index.ts';
import { durationNanos } from '../document/index.ts';
import type { RulePath } from '../types.ts';
import { actionParametersOf } from './action-parameters.ts';
import { checkGraph } from './check-graph.ts';
import { readTraining, trainingPlan } from './training.ts';

/** A diagnostic inside the string at `path`: offsets are into that value, not into the document. */
export interface ValueProblem { readonly path: RulePath; readonly diagnostic: KqlDiagnostic }
export interface CompiledMachineDocument { readonly machine: MachinePlan | null; readonly problems: readonly ValueProblem[] }

/** What holds where a document names no limits: three actions an hour, ten minutes between two of a kind, 1,024 keys. */
export const defaultLimits = { actions: 3, per: '1h', cooldown: '10m', keys: 1024 } as const;

/** `machine` is null exactly when a problem is an error. */
export function compileMachine(document: MachineDocument, language: KqlLanguage): CompiledMachineDocument {
  const compiler = new MachineDocumentCompiler(language);
  const states = Object.entries(document.states).map(([name, state]) => compiler.state(name, state));
  const key = document.key.flatMap((text, i) => { const expr = compiler.expression(['key', i], text, null); return expr === null ? [] : [{ text, expr }]; });
  const train = Object.entries(document.train ?? {}).flatMap(([name, text]) => compiler.training(name, text) ?? []);
  const problems = [...checkGraph(document), ...compiler.problems];
  if (problems.some(({ diagnostic }) => diagnostic.severity === 'error')) return { machine: null, problems };
  const machine: MachinePlan = { version: machinePlanVersion, key, initial: document.initial, states, limits: limitsOf(document), ...(train.length > 0 && { train }) };
  const refused = refusalOf(machine);
  return refused === null ? { machine, problems } : { machine: null, problems: [...problems, refused] };
}

/** Why an agent would refuse it: the parser knows neither RE2 nor the engine's bounds. */
function refusalOf(machine: MachinePlan): ValueProblem | null {
  const parsed = parseMachine(machine);
  const made = parsed.ok ? createMachine(parsed.value) : parsed;
  if (made.ok) return null;
  const { message, help } = made.error;
  return { path: ['states'], diagnostic: { severity: 'error', code: 'weir/engine', message, start: 0, end: 0, ...(help !== undefined && { help }) } };
}

function limitsOf({ limits = {} }: MachineDocument): MachinePlan['limits'] {
  const { actions = defaultLimits.actions, per = defaultLimits.per, cooldown = defaultLimits.cooldown, keys = defaultLimits.keys } = limits;
  return { actions, perNanos: String(durationNanos(per)), cooldownNanos: String(durationNanos(cooldown)), maxKeys: keys };
}

/** Stands where a guard did not compile; the plan is thrown away then. */
const nothing: Expr = { k: 'literal', type: 'bool', value: false };

class MachineDocumentCompiler {
  readonly #language: KqlLanguage;
  readonly problems: ValueProblem[] = [];

  constructor(language: KqlLanguage) { this.#language = language; }

  state(name: string, { enter = [], on = [], after = {} }: MachineState): MachinePlanState {
    return {
      name,
      enter: enter.map((action, i) => this.#action(['states', name, 'enter', i], action)),
      on: on.map((transition, i) => this.#transition(['states', name, 'on', i], transition)),
      after: Object.entries(after).map(([time, to]) => ({ nanos: String(durationNanos(time)), to })),
    };
  }

  #transition(path: RulePath, { when, count = 1, within, to }: MachineTransition): MachinePlanTransition {
    const expr = this.expression([...path, 'when'], when, 'bool');
    return { when: expr ?? nothing, text: oneLine(when), count, withinNanos: within === undefined ? null : String(durationNanos(within)), to };
  }

  /** Null when it cannot be read, which is among the problems then. */
  training(name: string, text: string): MachinePlanTraining | null {
    const path = ['train', name];
    const read = readTraining(text);
    if ('severity' in read) { this.problems.push({ path, diagnostic: read }); return null; }
    const by = read.by.flatMap((part) => { const expr = this.expression(path, part.text, null, part.start); return expr === null ? [] : [{ text: part.text, expr }]; });
    return trainingPlan(name, text, read, by);
  }

  #action(path: RulePath, given: MachineAction): MachinePlanAction {
    const { action, as, if: condition } = given;
    const { parameters, problems } = actionParametersOf(path, given);
    this.problems.push(...problems);
    const expr = condition === undefined ? null : this.expression([...path, 'if'], condition, 'bool');
    return { action, as: as ?? null, if: expr, ifText: condition === undefined ? null : oneLine(condition), parameters: parameters ?? {} };
  }

  /** Null when it does not compile, which is among the problems then. `type` null takes any; `start`: where the text stands in the value at the path. */
  expression(path: RulePath, text: string, type: 'bool' | null, start = 0): Expr | null {
    const { diagnostics, expression } = this.#language.compile(text, { mode: 'guard' });
    this.problems.push(...diagnostics.map((diagnostic) => ({ path, diagnostic: { ...diagnostic, start: diagnostic.start + start, end: diagnostic.end + start } })));
    if (expression === undefined || expression === null) return null;
    if (type === null || expression.type === type || expression.type === 'dynamic') return expression;
    this.problems.push({ path, diagnostic: { severity: 'error', code: 'machine/not-a-condition', message: `A condition is true or false; this gives a ${expression.type}.`, help: 'Compare it with something, for example > 200.', start, end: start + text.length } });
    return null;
  }
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
