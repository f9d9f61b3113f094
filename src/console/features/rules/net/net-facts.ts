// What the agents report of one net, added up and put into words. Pure.
import type { ArmedNet, FleetNet, MachineDocument, NetEvent, NetKey, NetTraining } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import { formatCount, formatDuration } from '../../../ui/index.ts';

type Report = FleetNet['agents'][number];
export type Guard = ArmedNet['guards'][number];

/** Older reports are not the present. */
export const staleMs = 15_000;
export const isFresh = ({ agent, atUnixMs }: Report, nowMs: number): boolean => agent.connected && nowMs - atUnixMs <= staleMs;

/** Machines in each state, over the agents. */
export function countsOf(reports: readonly Report[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { net } of reports) for (const [state, count] of Object.entries(net.states)) counts[state] = (counts[state] ?? 0) + count;
  return counts;
}

export interface AgentKey extends NetKey { readonly agent: string; readonly agentId: string }
export interface AgentEvent extends NetEvent { readonly agent: string }

/** Those that left the first state come first, then whoever was moved last. */
export function keysOf(reports: readonly Report[], initial: string): readonly AgentKey[] {
  const keys = reports.flatMap(({ agent, net }) => net.keys.map(key => ({ ...key, agent: agent.name, agentId: agent.id })));
  return keys.toSorted((a, b) => Number(a.state === initial) - Number(b.state === initial) || b.sinceUnixMs - a.sinceUnixMs);
}

export const eventsOf = (reports: readonly Report[]): readonly AgentEvent[] => reports.flatMap(({ agent, net }) => net.events.map(event => ({ ...event, agent: agent.name }))).toSorted((a, b) => b.atUnixMs - a.atUnixMs);

/** Moves into a state that starts actions, newest first; of those that the agents remember. */
export const firingsOf = (reports: readonly Report[], states: MachineDocument['states']): readonly AgentEvent[] =>
  eventsOf(reports).filter(({ event, to }) => event === 'transition' && (states[to ?? '']?.enter ?? []).length > 0);

/** The guards of all agents, those of the same transition added up, in the document's order. */
export function guardsOf(reports: readonly Report[]): readonly Guard[] {
  const sums = new Map<string, Guard>();
  for (const { net } of reports) for (const guard of net.guards) {
    const id = JSON.stringify([guard.state, guard.to, guard.text]);
    const sum = sums.get(id);
    sums.set(id, sum === undefined ? guard : { ...guard, isTrue: sum.isTrue + guard.isTrue, isFalse: sum.isFalse + guard.isFalse, isNull: sum.isNull + guard.isNull, ...((sum.late ?? guard.late) !== undefined && { late: (sum.late ?? 0) + (guard.late ?? 0) }) });
  }
  return [...sums.values()];
}

/** "asked 4,210 times: true 3, false 4,100, missing value 107" */
export function askedWords({ isTrue, isFalse, isNull, late = 0 }: Guard): string {
  const asked = isTrue + isFalse + isNull;
  if (asked === 0) return 'never asked';
  return `asked ${formatCount(asked)} ${asked === 1 ? 'time' : 'times'}: true ${formatCount(isTrue)}, false ${formatCount(isFalse)}${isNull > 0 ? `, missing value ${formatCount(isNull)}` : ''}${late > 0 ? `, true too late to count ${formatCount(late)}` : ''}`;
}

/** Whether an agent remembers this very move. */
export const hasMoved = (reports: readonly Report[], { state, to }: Pick<Guard, 'state' | 'to'>): boolean => reports.some(({ net }) => net.events.some(({ event, from, to: into }) => event === 'transition' && from === state && into === to));

/** Why a transition did not happen, as one sentence. `looked`: records that the net looked at; `fired`: it did happen. Counts are since the net was armed, over all firings. */
export function whyNot(guard: Guard, looked: number, fired = false): string {
  const asked = guard.isTrue + guard.isFalse + guard.isNull;
  if (looked === 0) return 'No record has reached the net yet: see that its targets match, and that such records come in.';
  if (asked === 0) return `No key has been in ${guard.state} when a record came, so it was never asked.`;
  if (!fired && (guard.late ?? 0) > guard.isTrue / 2) return 'It was true mostly of records that came later than the time in which matches are counted: see how long they are on their way.';
  if (guard.isTrue > 0 && fired) return 'It has happened: Firings has each time. Since then the count begins anew.';
  if (guard.isTrue > 0) return 'It was true now and then; where it must be true several times, they were too few or too far apart.';
  if (guard.isNull > asked / 2) return 'Most records lack a value that it asks for, and a missing value is never true: see how the field is spelled.';
  return 'It was false each time: no record was as it asks.';
}

export function eventWords({ event, from, to, action, because, state }: NetEvent): string {
  const why = because === undefined || because === '' ? '' : `: ${because}`;
  switch (event) {
    case 'transition': return `${from ?? '?'} → ${to ?? '?'}${why}`;
    case 'action': return `${action ?? 'action'} started${why}`;
    case 'action-not-run': return `${action ?? 'action'} not run${why}`;
    case 'key-evicted': return `forgotten while in ${state ?? from ?? '?'}: there were too many keys${why}`;
  }
}

/** When each action may start again; those that may already are left out. */
export const waitingActions = ({ limits }: Pick<ArmedNet, 'limits'>, nowMs: number): readonly { readonly action: string; readonly atMs: number }[] =>
  Object.entries(limits.readyUnixMs).filter(([, atMs]) => atMs > nowMs).map(([action, atMs]) => ({ action, atMs })).toSorted((a, b) => a.atMs - b.atMs);

export const waitWords = (wait: NetKey['waits'][number], nowMs: number): string => (wait.dueUnixMs === undefined ? wait.text : wait.dueUnixMs - nowMs < 1000 ? `${wait.to} now` : `${wait.to} in ${formatDuration(wait.dueUnixMs - nowMs)}`);

/** The numbers that guards name beside a measured bound: `trained("depth", 200)` → 200. Empty: no guard uses it. */
export function writtenBounds({ states }: Pick<MachineDocument, 'states'>, name: string): readonly number[] {
  const found = Object.values(states).flatMap(({ on }) => (on ?? []).flatMap(({ when }) => [...when.matchAll(/\btrained\s*\(\s*(?:"([^"]*)"|'([^']*)')\s*,\s*(-?\d+(?:\.\d+)?)\s*\)/g)]));
  return [...new Set(found.filter(([, double, single]) => (double ?? single) === name).map(([, , , bound]) => Number(bound)))];
}

/** Guards go by the measured bound from then on, or no longer. */
export const adoptEdits = ({ name, text }: Pick<NetTraining, 'name' | 'text'>, adopt: boolean): readonly RuleEdit[] => [{ path: ['train', name], value: adopt ? `${text.replace(/\s+adopted\s*$/, '')} adopted` : text.replace(/\s+adopted\s*$/, '') }];
