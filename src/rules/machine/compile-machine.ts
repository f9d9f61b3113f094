// A state-machine document to a MachinePlan: every guard, action condition and key compiled, the graph checked.
import { machinePlanVersion, type MachinePlan, type MachinePlanAction, type MachinePlanState, type MachinePlanTransition } from '../../engine/index.ts';
import type { Expr, KqlLanguage } from '../../kql/index.ts';
import type { KqlDiagnostic, MachineAction, MachineDocument, MachineState, MachineTransition } from '../../model/index.ts';
import { durationNanos } from '../document/index.ts';
import type { RulePath } from '../types.ts';
import { checkGraph } from './check-graph.ts';

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
  const problems = [...checkGraph(document), ...compiler.problems];
  if (problems.some(({ diagnostic }) => diagnostic.severity === 'error')) return { machine: null, problems };
  return { machine: { version: machinePlanVersion, key, initial: document.initial, states, limits: limitsOf(document) }, problems };
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

  #action(path: RulePath, { action, as, if: condition, ...parameters }: MachineAction): MachinePlanAction {
    const expr = condition === undefined ? null : this.expression([...path, 'if'], condition, 'bool');
    return { action, as: as ?? null, if: expr, ifText: condition === undefined ? null : oneLine(condition), parameters };
  }

  /** Null when it does not compile, which is among the problems then. `type` null takes any. */
  expression(path: RulePath, text: string, type: 'bool' | null): Expr | null {
    const { diagnostics, expression } = this.#language.compile(text, { mode: 'guard' });
    this.problems.push(...diagnostics.map((diagnostic) => ({ path, diagnostic })));
    if (expression === undefined || expression === null) return null;
    if (type === null || expression.type === type || expression.type === 'dynamic') return expression;
    this.problems.push({ path, diagnostic: { severity: 'error', code: 'machine/not-a-condition', message: `A condition is true or false; this gives a ${expression.type}.`, help: 'Compare it with something, for example > 200.', start: 0, end: text.length } });
    return null;
  }
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
