// One armed net in a report: states, keys, guards, limits, measured bounds. Bounded, and all nets together as well: each has its share.
import type { ArmedNet, NetKey, NetTraining } from '../../model/index.ts';
import { durationWords } from '../limits/index.ts';
import type { GuardCount, MachineKeyState } from '../machine/index.ts';
import type { LiveNet } from './live-net.ts';
import { headChars, lineChars, mostReportChars, ReportRoom, sizes } from './report-room.ts';

const mostText = 300;
/** Lines of each kind, however few nets there are. */
const most = { keys: 50, guards: 200, values: 30 } as const;

/** `nets`: among how many. */
export function reportOf(net: LiveNet, nets: number): ArmedNet {
  const { rule, mode, machine, book } = net;
  const { instances, maxKeys, evicted, states } = machine.figures();
  const head = { rule, kind: 'state-machine' as const, mode, instances, maxKeys, evicted, states, looked: book.looked, moved: machine.moved, errors: machine.errors, lastError: machine.lastError, limits: machine.limits() };
  const room = new ReportRoom(mostReportChars / nets - headChars(head));
  const events = room.take(book.events.toReversed(), 0.35, lineChars.events);
  const guards = room.take(machine.guardCounts().slice(0, most.guards).map(guardOf), 0.5, lineChars.guards);
  const known = machine.recentKeys(Math.min(most.keys, room.atMost(0.7, sizes.key))).map((key) => keyOf(key, machine.nowUnixNano));
  const keys = room.take(known, 0.7, lineChars.keys);
  const lastRecords = room.take(book.lines.toReversed(), 0.6, lineChars.lastRecords);
  const training = room.take(trainingOf(net), 1, lineChars.training);
  // Keys say by themselves how many there are.
  const cut = room.cut - (known.length - keys.length);
  return { ...head, events, keys, moreKeys: instances - keys.length, guards, lastRecords, training, ...(cut > 0 && { cut }) };
}

const trainingOf = ({ machine }: LiveNet): readonly NetTraining[] => machine.training(most.values).map(({ plan, values, more }): NetTraining => ({
  name: plan.name, text: plan.text, percentile: plan.percentile, overMs: millis(BigInt(plan.overNanos)), by: plan.by.map(({ text }) => text), adopted: plan.adopted,
  values: values.map(({ key, value, samples, sinceUnixNano }) => ({ key: key.slice(0, mostText), value, samples, sinceUnixMs: millis(sinceUnixNano) })), moreKeys: more,
}));

const millis = (nano: bigint): number => Number(nano / 1_000_000n);
const guardOf = ({ state, to, text, isTrue, isFalse, isNull, late }: GuardCount): ArmedNet['guards'][number] => ({ state, to, text: text.slice(0, mostText), isTrue, isFalse, isNull, ...(late !== undefined && { late }) });

const keyOf = ({ key, state, sinceUnixNano, lastRecordUnixNano, waits }: MachineKeyState, now: bigint): NetKey =>
  ({ key: key.slice(0, mostText), state, sinceUnixMs: millis(sinceUnixNano), lastRecordUnixMs: millis(lastRecordUnixNano), waits: waits.slice(0, 8).map((wait) => waitOf(wait, state, sinceUnixNano, now)) });

function waitOf(wait: MachineKeyState['waits'][number], state: string, sinceUnixNano: bigint, now: bigint): NetKey['waits'][number] {
  if (wait.on === 'time') return { to: wait.to, text: `${durationWords(wait.dueUnixNano - sinceUnixNano)} in ${state}, ${wait.dueUnixNano > now ? `${durationWords(wait.dueUnixNano - now)} left` : 'over now'}`, dueUnixMs: millis(wait.dueUnixNano) };
  const { to, text, have, need, withinNanos, late } = wait;
  return { to, text: (need === 1 ? text : `${have} of ${need} matches${withinNanos === null ? '' : ` within ${durationWords(withinNanos)}`}${late === undefined ? '' : ` (${late} came too late to count)`}: ${text}`).slice(0, mostText), have, need };
}
