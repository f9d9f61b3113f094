// Flight recorders of the whole fleet: definitions beside what agents say they hold.
import type { Plan } from '../../kql/index.ts';
import { recorderDefinition, type AgentStatus, type FleetRecorder, type FleetRecorders, type RecorderDefinition, type RecorderState } from '../../model/index.ts';
import type { Agent, Fleet } from '../fleet/index.ts';

export function fleetRecorders(fleet: Pick<Fleet, 'agents' | 'intended'>, definitions: readonly RecorderDefinition[]): FleetRecorders {
  const agents = fleet.agents.filter(({ status }) => status !== null);
  const rules = fleet.intended.config.rules.flatMap(({ id, name, plan }) => { const recorder = recorderOf(plan as Plan | null); return recorder === null ? [] : [{ recorder, rule: { id, name, running: true } }]; });
  const names = new Set([...definitions.map(({ name }) => name), ...rules.map(({ recorder }) => recorder), ...agents.flatMap(({ status }) => status?.recorders.map(({ name }) => name) ?? [])]);
  const recorders = [...names].sort().map((name): FleetRecorder => {
    const definition = definitions.find((one) => one.name === name);
    return {
      definition: definition ?? recorderDefinition.parse({ name }), isDefault: definition === undefined, rules: rules.filter(({ recorder }) => recorder === name).map(({ rule }) => rule),
      agents: agents.flatMap((agent) => { const state = agent.status?.recorders.find((one) => one.name === name); return state === undefined ? [] : [{ ...state, agent: { id: agent.id, name: agent.name, connected: agent.connection !== null }, ...ratesOf(agent, state) }]; }),
    };
  });
  return { recorders, budgets: agents.flatMap(({ name, status }) => (status?.recorderBudget === undefined ? [] : [{ agent: name, ...status.recorderBudget }])) };
}

const recorderOf = (plan: Plan | null): string | null => (plan?.sink?.sink === 'record' ? plan.sink.recorder : null);

/** Of what was taken between the oldest and the newest status at hand, some ten seconds. An agent that started anew counts from there. */
function ratesOf({ statuses }: Pick<Agent, 'statuses'>, now: RecorderState): { recordsPerSecond: number; bytesPerSecond: number } {
  const [newest, oldest] = [statuses.at(-1), statuses.find(({ startedUnixMs }) => startedUnixMs === statuses.at(-1)?.startedUnixMs)];
  const before = oldest?.recorders.find(({ name }) => name === now.name);
  const seconds = newest === undefined || oldest === undefined ? 0 : secondsBetween(oldest, newest);
  if (seconds <= 0) return { recordsPerSecond: 0, bytesPerSecond: 0 };
  return { recordsPerSecond: rate(now.taken, before?.taken, seconds), bytesPerSecond: rate(now.takenBytes, before?.takenBytes, seconds) };
}

const secondsBetween = (oldest: AgentStatus, newest: AgentStatus): number => (newest.atUnixMs - oldest.atUnixMs) / 1000;
const rate = (now = 0, before = 0, seconds = 1): number => Math.max(0, now - before) / seconds;
