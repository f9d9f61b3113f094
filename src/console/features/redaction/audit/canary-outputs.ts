// A canary run summed up: output by output, what was stopped, what leaked though a rule is meant for it, and what no rule is meant for. Pure.
import type { CanaryProbe, CanaryRun } from '../../../../model/index.ts';

export interface Leaked { readonly detector: string; readonly count: number; /** Rules that are meant for it. */ readonly rules: readonly string[] }
export interface CanaryOutput {
  readonly output: string; readonly inputs: readonly string[]; readonly sent: number; readonly stopped: number; readonly notSeen: number;
  /** Rules that stopped them. */
  readonly rules: readonly string[];
  /** A rule that runs is meant for it and did not stop it. */
  readonly missed: readonly Leaked[];
  /** No rule that runs is meant for it. */
  readonly unmeant: readonly Leaked[];
  /** From agents that do not say which rule is meant. */
  readonly leaked: readonly Leaked[];
  /** Weir's own audit and files, which never hold a value: that nothing arrives there says nothing about rules. */
  readonly own: boolean;
}

const ownOutputs: ReadonlySet<string> = new Set(['audit', 'files']);

export const probesOf = ({ agents }: CanaryRun): readonly CanaryProbe[] => agents.flatMap(({ probes }) => probes);

/** What leaves first (exporters), then what shows or keeps records, Weir's own books last. */
export function canaryOutputs(probes: readonly CanaryProbe[]): readonly CanaryOutput[] {
  return [...Map.groupBy(probes, ({ output }) => output)].map(([output, list]) => outputOf(output, list)).toSorted((a, b) => rank(a) - rank(b) || b.missed.length - a.missed.length || (a.output < b.output ? -1 : 1));
}

const rank = ({ output, own }: CanaryOutput): number => (own ? 2 : output.startsWith('exporter') ? 0 : 1);

function outputOf(output: string, probes: readonly CanaryProbe[]): CanaryOutput {
  const of = (outcome: CanaryProbe['outcome']) => probes.filter(probe => probe.outcome === outcome);
  const leaked = of('leaked');
  return {
    output, inputs: [...new Set(probes.map(({ input }) => input))], sent: probes.length, stopped: of('stopped').length, notSeen: of('not-seen').length, own: ownOutputs.has(output),
    rules: [...new Set(of('stopped').flatMap(({ rule }) => (rule === null ? [] : [rule])))],
    missed: byDetector(leaked.filter(({ meantBy }) => typeof meantBy === 'string')), unmeant: byDetector(leaked.filter(({ meantBy }) => meantBy === null)), leaked: byDetector(leaked.filter(({ meantBy }) => meantBy === undefined)),
  };
}

function byDetector(probes: readonly CanaryProbe[]): readonly Leaked[] {
  return [...Map.groupBy(probes, ({ detector }) => detector)].map(([detector, list]) => ({ detector, count: list.length, rules: [...new Set(list.flatMap(({ meantBy }) => meantBy ?? []))] })).toSorted((a, b) => b.count - a.count || (a.detector < b.detector ? -1 : 1));
}

export interface NotTested { readonly count: number; /** "cart-mail: only for cart" */ readonly lines: readonly string[] }

/** Rules that no probe could reach, each once whatever the number of agents. */
export function notTestedOf({ agents }: CanaryRun): NotTested {
  const rules = new Map(agents.flatMap(({ notTested = [] }) => notTested).map(({ id, name, why }) => [id, `${name}: ${why}`]));
  return { count: rules.size, lines: [...rules.values()] };
}

export interface CanaryVerdict { readonly sent: number; readonly stopped: number; readonly missed: number; readonly leaked: number }

/** Of what goes through rules: Weir's own books would make any run look like a success. */
export function verdictOf(outputs: readonly CanaryOutput[]): CanaryVerdict {
  const through = outputs.filter(({ own }) => !own);
  const sum = (of: (output: CanaryOutput) => number) => through.reduce((total, output) => total + of(output), 0);
  const count = (list: readonly Leaked[]) => list.reduce((total, each) => total + each.count, 0);
  return { sent: sum(({ sent }) => sent), stopped: sum(({ stopped }) => stopped), missed: sum(({ missed }) => count(missed)), leaked: sum(({ missed, unmeant, leaked }) => count(missed) + count(unmeant) + count(leaked)) };
}
