import { describe, expect, it } from 'vitest';
import type { ArmedNet, FleetNet } from '../../../model/index.ts';
import { netLines } from './nets.ts';

const net = (name: string, states: Record<string, number>, more: Partial<ArmedNet> = {}, atUnixMs = 1000): FleetNet => ({ rule: { id: name, name }, agents: [{ agent: { id: 'a', name: 'a', connected: true }, atUnixMs, net: { states, keys: [], events: [], mode: 'live', ...more } as unknown as ArmedNet }] }); // nothing else is read

describe('nets on the overview', () => {
  it('stand in the order in which they need a look', () => {
    const fired = { events: [{ event: 'action' as const, atUnixMs: 500, key: '', state: 'stuck', action: 'cpu-sample' }] };
    const lines = netLines([net('calm', { idle: 9, stuck: 0 }), net('growing', { idle: 3, growing: 1 }, { keys: [{ key: 'k', state: 'growing', sinceUnixMs: 0, lastRecordUnixMs: 0, waits: [{ to: 'stuck', text: '', have: 3, need: 5 }] }] }), net('stuck', { idle: 4, growing: 1, stuck: 1 }, fired)], 2000);
    expect(lines.map(({ name, state, tone, firedMs, progress }) => [name, state, tone, firedMs, progress])).toEqual([['stuck', 'stuck', 'danger', 500, null], ['growing', 'growing', 'attn', null, '3 of 5'], ['calm', 'idle', 'plain', null, null]]);
  });
  it('of which nothing was heard lately are said to be away', () => expect(netLines([net('x', { idle: 1 }, {}, 0)], 60_000)[0]).toMatchObject({ silent: true, keys: 0 }));
});
