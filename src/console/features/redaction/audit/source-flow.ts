// The flow of one source as rows and boxes: agent, the rule that hides it there, the exporters that it leaves by. Pure.
import type { RedactionSource, SourceAgent } from '../../../../model/index.ts';
import { agentStand, leaksOn, residualOf, type AgentStand } from './agent-stand.ts';

export const maxFlowRows = 6;

export interface FlowRow {
  readonly key: string;
  /** One agent, or several of one kind when there are too many to draw. */
  readonly agents: readonly SourceAgent[];
  readonly leaking: boolean;
  /** Of one agent; of several, of those that leak or do not. */
  readonly stand: AgentStand;
  readonly rule: string | null;
  readonly masked: number;
  /** Places in `exporters`, and whether it leaks that way. */
  readonly ways: readonly { readonly exporter: number; readonly leaking: boolean }[];
}
export interface FlowExporter { readonly name: string; /** Seen leaving in the range from agents that still leak. */ readonly leaking: number; /** From those that stopped since. */ readonly before: number }
export interface SourceFlow { readonly rows: readonly FlowRow[]; readonly exporters: readonly FlowExporter[] }

type State = RedactionSource['state'];

export function sourceFlow(agents: readonly SourceAgent[], state: State): SourceFlow {
  const sorted = agents.toSorted((a, b) => Number(leaksOn(b, state)) - Number(leaksOn(a, state)) || residualOf(b) - residualOf(a) || (a.agent.name < b.agent.name ? -1 : 1));
  const names = [...new Set(sorted.flatMap(({ exporters }) => exporters.map(({ name }) => name)))];
  return { rows: group(sorted, state).map(each => rowOf(each, names, state)), exporters: names.map(name => exporterOf(sorted, name, state)) };
}

/** The first ones alone, the rest together, those that leak apart from those that do not. */
function group(agents: readonly SourceAgent[], state: State): readonly (readonly SourceAgent[])[] {
  if (agents.length <= maxFlowRows) return agents.map(agent => [agent]);
  const alone = agents.slice(0, maxFlowRows - 2);
  const rest = agents.slice(maxFlowRows - 2);
  return [...alone.map(agent => [agent]), ...[rest.filter(agent => leaksOn(agent, state)), rest.filter(agent => !leaksOn(agent, state))].filter(each => each.length > 0)];
}

function rowOf(agents: readonly SourceAgent[], names: readonly string[], state: State): FlowRow {
  const rules = [...new Set(agents.flatMap(({ rules: of }) => of.slice(-1).map(({ name, version }) => `${name} v${version}`)))];
  const ways = names.flatMap((name, exporter) => {
    const by = agents.filter(({ exporters }) => exporters.some(each => each.name === name));
    return by.length === 0 ? [] : [{ exporter, leaking: by.some(agent => leaksOn(agent, state) && agent.exporters.some(each => each.name === name && each.residual > 0)) }];
  });
  return { key: agents.map(({ agent }) => agent.id).join(' '), agents, leaking: agents.some(agent => leaksOn(agent, state)), stand: agentStand(agents[0]!, state), rule: rules.length === 0 ? null : rules.length === 1 ? rules[0]! : `${rules.length} rules`, masked: agents.reduce((sum, { masked }) => sum + masked, 0), ways };
}

function exporterOf(agents: readonly SourceAgent[], name: string, state: State): FlowExporter {
  const from = (leaking: boolean) => agents.filter(agent => leaksOn(agent, state) === leaking).flatMap(({ exporters }) => exporters).reduce((sum, each) => sum + (each.name === name ? each.residual : 0), 0);
  return { name, leaking: from(true), before: from(false) };
}
