// One armed net in a report: states, keys, guards, limits, measured bounds. Bounded, and all nets together as well.
import type { ArmedNet, NetKey, NetTraining } from '../../model/index.ts';
import { durationWords, type GuardCount, type MachineKeyState } from '../machine/index.ts';
import type { LiveNet } from './live-net.ts';
import { mostEvents } from './net-book.ts';

const mostText = 300;

/** `nets`: among how many; their shares of a message of bounded size. */
export function reportOf({ rule, mode, machine, book }: LiveNet, nets: number): ArmedNet {
  const share = (all: number, least: number, most: number): number => Math.min(most, Math.max(least, Math.floor(all / nets)));
  const { instances, maxKeys, evicted, states } = machine.figures();
  const keys = machine.recentKeys(share(400, 4, 50)).map((key) => keyOf(key, machine.nowUnixNano));
  return {
    rule, kind: 'state-machine', mode, instances, maxKeys, evicted, states, looked: book.looked, moved: machine.moved, errors: machine.errors, lastError: machine.lastError,
    events: book.events.slice(-share(400, 5, mostEvents)).reverse(), keys, moreKeys: instances - keys.length, guards: machine.guardCounts().slice(0, share(1000, 10, 200)).map(guardOf),
    lastRecords: book.lines.slice(-share(200, 2, 8)).reverse(), limits: machine.limits(), training: machine.training(share(400, 4, 30)).map(({ plan, values, more }): NetTraining => ({
      name: plan.name, text: plan.text, percentile: plan.percentile, overMs: millis(BigInt(plan.overNanos)), by: plan.by.map(({ text }) => text), adopted: plan.adopted,
      values: values.map(({ key, value, samples, sinceUnixNano }) => ({ key: key.slice(0, mostText), value, samples, sinceUnixMs: millis(sinceUnixNano) })), moreKeys: more,
    })),
  };
}

const millis = (nano: bigint): number => Number(nano / 1_000_000n);
const guardOf = ({ state, to, text, isTrue, isFalse, isNull }: GuardCount): ArmedNet['guards'][number] => ({ state, to, text: text.slice(0, mostText), isTrue, isFalse, isNull });

const keyOf = ({ key, state, sinceUnixNano, lastRecordUnixNano, waits }: MachineKeyState, now: bigint): NetKey =>
  ({ key: key.slice(0, mostText), state, sinceUnixMs: millis(sinceUnixNano), lastRecordUnixMs: millis(lastRecordUnixNano), waits: waits.slice(0, 8).map((wait) => waitOf(wait, state, sinceUnixNano, now)) });

function waitOf(wait: MachineKeyState['waits'][number], state: string, sinceUnixNano: bigint, now: bigint): NetKey['waits'][number] {
  if (wait.on === 'time') return { to: wait.to, text: `${durationWords(wait.dueUnixNano - sinceUnixNano)} in ${state}, ${wait.dueUnixNano > now ? `${durationWords(wait.dueUnixNano - now)} left` : 'over now'}`, dueUnixMs: millis(wait.dueUnixNano) };
  const { to, text, have, need, withinNanos } = wait;
  return { to, text: (need === 1 ? text : `${have} of ${need} matches${withinNanos === null ? '' : ` within ${durationWords(withinNanos)}`}: ${text}`).slice(0, mostText), have, need };
}
