// What the mock agents say of a net: of the shop's queue net a whole evening; of any other, that it waits in its first state.
import type { ArmedNet, FleetNet, MachineDocument } from '../../src/model/index.ts';
import { mockAgents } from '../agents.ts';
import type { MockBackend } from '../backend.ts';
import type { DeployedRule } from '../rules-store.ts';

const second = 1000, minute = 60_000;
const depthGuard = 'EventName == "QueueDepth" and toint(Attributes.depth) > 200';

export function fleetNetOf(backend: MockBackend, rule: DeployedRule): FleetNet | null {
  if (rule.document.kind !== 'state-machine') return null;
  const document = rule.document;
  const now = backend.clock();
  const agents = mockAgents(backend).filter(({ connected }) => connected).map(({ id, name, connected }, i) => ({ agent: { id, name, connected }, atUnixMs: now, net: document.name === 'checkout-queue-stuck' ? queueNet(rule, now, i) : waiting(rule, document) }));
  return { rule: { id: rule.id, name: document.name }, agents };
}

const base = (rule: DeployedRule): Pick<ArmedNet, 'rule' | 'kind' | 'mode'> => ({ rule: { id: rule.id, name: rule.document.name, version: rule.version, deployment: 1 }, kind: 'state-machine', mode: rule.mode });

function waiting(rule: DeployedRule, { states, initial }: MachineDocument): ArmedNet {
  return {
    ...base(rule), instances: 0, maxKeys: 1024, evicted: 0, states: Object.fromEntries(Object.keys(states).map(name => [name, 0])), looked: 0, moved: 0, errors: 0, lastError: null, events: [], keys: [], moreKeys: 0,
    guards: (states[initial]?.on ?? []).map(({ when, to }) => ({ state: initial, to, text: when, isTrue: 0, isFalse: 0, isNull: 0 })), lastRecords: [], limits: { usedInWindow: 0, ofWindow: 5, windowMs: 60 * minute, cooldownMs: 10 * minute, readyUnixMs: {} }, training: [],
  };
}

/** On the first agent orders are stuck and refunds on the way; the second has only quiet queues. */
function queueNet(rule: DeployedRule, now: number, place: number): ArmedNet {
  const looked = Math.round((now - rule.sinceMs) / second * (place === 0 ? 3.5 : 1.5));
  return place === 0 ? { ...base(rule), ...busy(now, looked) } : { ...base(rule), ...quiet(now, looked) };
}

const key = (name: string, state: string, sinceMs: number, now: number, waits: ArmedNet['keys'][number]['waits'] = []): ArmedNet['keys'][number] => ({ key: name, state, sinceUnixMs: now - sinceMs, lastRecordUnixMs: now - (now % 2000), waits });

function busy(now: number, looked: number): Omit<ArmedNet, 'rule' | 'kind' | 'mode'> {
  const fired = now - (now % (4 * minute)) - 30 * second;
  const have = 1 + Math.floor(now / 4000) % 4;
  const idle = ['payments, captures', 'cart, expiry', 'checkout, mails', 'checkout, labels', 'frontend, renders'].map((name, i) => key(name, 'idle', (i + 1) * 47 * minute, now));
  return {
    instances: 16, maxKeys: 1024, evicted: 0, states: { idle: 14, growing: 1, stuck: 1 }, looked, moved: 41, errors: 0, lastError: null, moreKeys: 9,
    keys: [
      key('checkout, orders', 'stuck', now - fired, now, [{ to: 'idle', text: '5 m → idle', dueUnixMs: fired + 5 * minute }]),
      key('checkout, refunds', 'growing', 27 * second, now, [{ to: 'stuck', text: `${have} of 5 matches within 30 s → stuck`, have, need: 5 }, { to: 'idle', text: '60 s → idle', dueUnixMs: now + 33 * second }]), ...idle,
    ],
    guards: [{ state: 'idle', to: 'growing', text: depthGuard, isTrue: 31, isFalse: looked - 240, isNull: 107 }, { state: 'growing', to: 'stuck', text: depthGuard, isTrue: 22, isFalse: 80, isNull: 0 }],
    events: [
      { event: 'transition', atUnixMs: now - 27 * second, key: 'checkout, refunds', from: 'idle', to: 'growing', because: 'depth 211 > 200' },
      { event: 'action-not-run', atUnixMs: fired + 40, key: 'checkout, orders', state: 'stuck', action: 'memory-dump', because: 'it ran 9 m 11 s ago, and this asks for 1 h' },
      { event: 'action', atUnixMs: fired + 20, key: 'checkout, orders', state: 'stuck', action: 'collect-recorder', actionId: 'run-5', because: 'entered stuck' },
      { event: 'action', atUnixMs: fired + 10, key: 'checkout, orders', state: 'stuck', action: 'cpu-sample', actionId: 'run-4', because: 'entered stuck' },
      { event: 'transition', atUnixMs: fired, key: 'checkout, orders', from: 'growing', to: 'stuck', because: '5 matches within 22.8 s' },
      { event: 'transition', atUnixMs: fired - 23 * second, key: 'checkout, orders', from: 'idle', to: 'growing', because: 'depth 206 > 200' },
    ],
    lastRecords: [[1, 'orders', 251], [3, 'refunds', 208], [5, 'orders', 249], [7, 'refunds', 196], [9, 'orders', 252], [11, 'refunds', 212]].map(([ago, queue, depth]) => ({ atUnixMs: now - (now % 2000) - Number(ago) * second, key: `checkout, ${queue}`, text: `QueueDepth queue.name=${queue} depth=${depth}` })),
    limits: { usedInWindow: 3, ofWindow: 5, windowMs: 60 * minute, cooldownMs: 10 * minute, readyUnixMs: { 'cpu-sample': fired + 10 * minute, 'collect-recorder': fired + 10 * minute } },
    training: [{ name: 'depth', text: 'p99 over 7d by ServiceName', percentile: 99, overMs: 7 * 86_400_000, by: ['ServiceName'], moreKeys: 0, adopted: false, values: [{ key: 'checkout', value: 204, samples: 412_006, sinceUnixMs: now - 7 * 86_400_000 }, { key: 'payments', value: 96, samples: 120_411, sinceUnixMs: now - 7 * 86_400_000 }, { key: 'cart', value: 31, samples: 99, sinceUnixMs: now - 3 * 3_600_000 }] }],
  };
}

function quiet(now: number, looked: number): Omit<ArmedNet, 'rule' | 'kind' | 'mode'> {
  return {
    instances: 3, maxKeys: 1024, evicted: 0, states: { idle: 3, growing: 0, stuck: 0 }, looked, moved: 0, errors: 0, lastError: null, moreKeys: 0, events: [],
    keys: ['checkout, orders', 'checkout, refunds', 'cart, expiry'].map((name, i) => key(name, 'idle', (i + 2) * 31 * minute, now)),
    guards: [{ state: 'idle', to: 'growing', text: depthGuard, isTrue: 0, isFalse: looked, isNull: 0 }, { state: 'growing', to: 'stuck', text: depthGuard, isTrue: 0, isFalse: 0, isNull: 0 }],
    lastRecords: [{ atUnixMs: now - 3 * second, key: 'checkout, orders', text: 'QueueDepth queue.name=orders depth=12' }],
    limits: { usedInWindow: 0, ofWindow: 5, windowMs: 60 * minute, cooldownMs: 10 * minute, readyUnixMs: {} }, training: [],
  };
}
