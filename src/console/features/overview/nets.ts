// Armed nets as the overview shows them: each with the state that matters most, over all agents. Pure.
import type { FleetNet } from '../../../model/index.ts';

export interface NetLine { readonly id: string; readonly name: string; readonly keys: number; /** The state farthest from the most common one, and how many are in it. */ readonly state: string; readonly inState: number; readonly tone: 'danger' | 'attn' | 'plain'; /** Unix milliseconds of the last time that it started an action, or was held back; null: never. */ readonly firedMs: number | null; readonly shadow: boolean; /** Of a machine that is on its way: "3 of 5". */ readonly progress: string | null; readonly silent: boolean }

const staleMs = 15_000;

/** Those that need a look first. */
export const netLines = (nets: readonly FleetNet[], nowMs: number): readonly NetLine[] => nets.map(net => lineOf(net, nowMs)).toSorted((a, b) => rank(b) - rank(a) || (b.firedMs ?? 0) - (a.firedMs ?? 0) || a.name.localeCompare(b.name));

const rank = ({ tone }: NetLine): number => ({ danger: 2, attn: 1, plain: 0 })[tone];

function lineOf({ rule, agents }: FleetNet, nowMs: number): NetLine {
  const reports = agents.filter(({ agent, atUnixMs }) => agent.connected && nowMs - atUnixMs <= staleMs);
  const counts: Record<string, number> = {};
  for (const { net } of reports) for (const [state, count] of Object.entries(net.states)) counts[state] = (counts[state] ?? 0) + count;
  const events = agents.flatMap(({ net }) => net.events);
  const fired = events.filter(({ event }) => event === 'action' || event === 'action-not-run');
  const firing = new Set(fired.map(({ state }) => state));
  const rest = restState(counts);
  const away = Object.entries(counts).filter(([state, count]) => count > 0 && state !== rest);
  const [state, inState] = away.find(([name]) => firing.has(name)) ?? away[0] ?? [rest, counts[rest] ?? 0];
  const waits = reports.flatMap(({ net }) => net.keys).filter(key => key.state === state).flatMap(key => key.waits).find(({ have, need }) => have !== undefined && need !== undefined && need > 1);
  return {
    id: rule.id, name: rule.name, keys: Object.values(counts).reduce((sum, count) => sum + count, 0), state, inState, tone: state === rest ? 'plain' : firing.has(state) ? 'danger' : 'attn',
    firedMs: fired.length === 0 ? null : fired.reduce((last, { atUnixMs }) => Math.max(last, atUnixMs), 0), shadow: agents.some(({ net }) => net.mode === 'shadow'), progress: waits === undefined || state === rest ? null : `${waits.have ?? 0} of ${waits.need ?? 0}`, silent: reports.length === 0,
  };
}

/** Where machines wait: the document is not at hand, but reports name states in its order of states, the most common of which is it. */
function restState(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts).reduce<readonly [string, number]>((most, [state, count]) => (count > most[1] ? [state, count] : most), [Object.keys(counts)[0] ?? '', counts[Object.keys(counts)[0] ?? ''] ?? 0])[0];
}
