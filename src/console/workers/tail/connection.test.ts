import { describe, expect, it } from 'vitest';
import type { TailRequest } from '../../../model/index.ts';
import { Connection, type ConnectionStatus } from './connection.ts';
import type { FrameSource, FrameSourceEvents } from './frame-source.ts';

const request = { type: 'subscribe', signals: ['logs'], stage: 'out', kql: '', maxRecordsPerSecond: 100 } as const satisfies TailRequest;
const subscribed = { type: 'subscribed', subscription: 1, agents: 1, agentsTotal: 1, names: {} } as const;

/** A connection over sources that the test opens and closes by hand, with timers that run when told. */
function rig() {
  const sources: { events: FrameSourceEvents; sent: TailRequest[]; closed: boolean }[] = [];
  const statuses: ConnectionStatus[] = [];
  const gaps: number[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  let now = 0;
  const openSource = (): FrameSource => {
    const source = { events: null as unknown as FrameSourceEvents, sent: [] as TailRequest[], closed: false };
    sources.push(source);
    return { connect: (events) => { source.events = events; }, send: (body) => { source.sent.push(body); }, close: () => { source.closed = true; } };
  };
  const later = (run: () => void, ms: number) => { const timer = { run, ms }; timers.push(timer); return () => { timers.splice(timers.indexOf(timer), 1); }; };
  const connection = new Connection({ openSource, nowMs: () => now, random: () => 1, later }, { status: (status) => statuses.push(status), frame: () => undefined, notice: () => undefined, recovered: (since) => gaps.push(since) });
  return { connection, sources, statuses, gaps, timers, at: (ms: number) => { now = ms; }, fire: () => timers.shift()!.run() };
}

describe('Connection', () => {
  it('subscribes when open, again after a loss, and tells the gap', () => {
    const { connection, sources, statuses, gaps, at, fire } = rig();
    connection.subscribe('ws://x', request);
    sources[0]!.events.opened();
    sources[0]!.events.notice(subscribed);
    at(5000);
    sources[0]!.events.closed();
    fire();
    sources[1]!.events.opened();
    sources[1]!.events.notice(subscribed);
    expect(sources.map((source) => source.sent)).toEqual([[request], [request]]);
    expect(gaps).toEqual([5000]);
    expect(statuses.at(-1)).toBe('live');
  });

  it('waits longer after each failure, up to ten seconds, and starts over once accepted', () => {
    const { connection, sources, timers, fire } = rig();
    connection.subscribe('ws://x', request);
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) { sources.at(-1)!.events.closed(); waits.push(timers[0]!.ms); fire(); }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    sources.at(-1)!.events.opened();
    sources.at(-1)!.events.notice(subscribed);
    sources.at(-1)!.events.closed();
    expect(timers[0]!.ms).toBe(250);
  });

  it('replaces a subscription on the open socket, and hears nothing of a closed one', () => {
    const { connection, sources, statuses } = rig();
    connection.subscribe('ws://x', request);
    sources[0]!.events.opened();
    connection.subscribe('ws://x', { ...request, kql: 'SeverityNumber > 9' });
    expect(sources).toHaveLength(1);
    expect(sources[0]!.sent).toHaveLength(2);
    connection.close();
    sources[0]!.events.closed();
    expect(statuses.at(-1)).toBe('off');
    expect(sources[0]!.closed).toBe(true);
  });
});
