// Probes of the mock fleet: they go in at once, and are hit twice a second until they end.
import type { z } from 'zod';
import type { FleetProbe, ProbePlace, startProbe } from '../../src/model/index.ts';
import { isDynamic } from '../../src/model/index.ts';
import { mockAgents } from '../agents.ts';
import { mockProcesses } from '../actions/processes.ts';
import type { MockBackend } from '../backend.ts';

type Order = z.output<typeof startProbe>;
interface Kept { readonly id: string; readonly order: Order; readonly createdUnixMs: number; endedUnixMs: number | null; end: FleetProbe['end']; readonly owner: string }

const hitsPerSecond = 2;
/** A counter of the mock sits on a hot line: it samples, in for so much of the time. */
const [hotPerSecond, hotShare] = [374, 0.37];
const players = ['ada', 'grace', 'edsger'];

export class MockProbes {
  readonly #backend: MockBackend;
  readonly #kept: Kept[] = [];

  constructor(backend: MockBackend) { this.#backend = backend; }

  start(order: Order, owner = 'you', agoMs = 0): FleetProbe {
    const kept: Kept = { id: `probe-${this.#kept.length + 1}`, order, createdUnixMs: this.#backend.clock() - agoMs, endedUnixMs: null, end: null, owner };
    this.#kept.unshift(kept);
    this.#backend.note('probe.insert', `probe:${kept.id}`, owner);
    return this.#shown(kept);
  }

  all(state: 'in' | 'over' | null): FleetProbe[] { return this.#kept.filter(({ end }) => state === null || (end === null) === (state === 'in')).map(kept => this.#shown(kept)); }
  get(id: string): FleetProbe | null { const kept = this.#kept.find(one => one.id === id); return kept === undefined ? null : this.#shown(kept); }

  /** Without an id all that sit in processes: log sources stay. */
  end(id: string | null, end: NonNullable<FleetProbe['end']>): void {
    for (const kept of this.#kept) if ((id === null ? isDynamic(kept.order.what.kind) : kept.id === id) && kept.end === null) { kept.end = end; kept.endedUnixMs = this.#backend.clock(); }
  }

  #shown({ id, order: { agent: agentId, name, what, target, limits, reason }, createdUnixMs, endedUnixMs, end, owner }: Kept): FleetProbe {
    const now = endedUnixMs ?? this.#backend.clock();
    const isHot = what.kind === 'logpoint' && what.spec.does === 'count';
    const hits = Math.max(0, Math.floor(((now - createdUnixMs) / 1000) * (isHot ? hotPerSecond * hotShare : hitsPerSecond)));
    const agent = mockAgents(this.#backend).find(one => one.id === agentId);
    const process = mockProcesses(agentId, now).processes.find(({ pid }) => pid === target?.pid);
    const isOut = isHot && Math.floor(now / 1000) % 2 === 0;
    const state = end !== null ? 'ended' : isOut ? 'paused' : 'active';
    const place: ProbePlace = {
      process: process === undefined ? null : { pid: process.pid, startTicks: process.startTicks, name: process.name, service: process.service }, state, why: null, means: what.kind === 'logpoint' ? 'V8 breakpoint' : what.kind, resolved: null,
      hits, emitted: hits, suppressed: 0, trueRate: isHot ? hotPerSecond : hitsPerSecond, costUs: isHot ? 70 : 120, cpuShare: isHot ? 0.11 : 0.00024, pauses: isHot ? Math.floor((now - createdUnixMs) / 2000) : 0, pausedUntilUnixMs: isOut ? now + 700 : null, firstHitUnixMs: createdUnixMs + 500, lastHitUnixMs: now,
      latest: !isDynamic(what.kind) ? [] : Array.from({ length: Math.min(hits, 5) }, (_, i) => ({ unixMs: now - (4 - i) * 500, ...seen(what, hits + i) })), ...measuredBy(what, hits),
    };
    return {
      id, name, what, target, limits, owner, reason, createdUnixMs, state, end, why: null, expiresUnixMs: isDynamic(what.kind) ? createdUnixMs + limits.expiresAfterMs : null, endedUnixMs, hits, emitted: hits, suppressed: 0, places: [place], notes: [],
      agent: { id: agentId, name: agent?.name ?? agentId, connected: agent?.connected ?? false },
    };
  }
}

const frames = ['play (/shop/src/tower.js:6)', 'answer (/shop/src/checkout.ts:41)', 'Server.emit (node:events:524)'];

/** What the hit of that turn saw. */
function seen({ kind, spec }: Order['what'], turn: number): Pick<ProbePlace['latest'][number], 'values' | 'stack'> {
  const [user, moves] = [players[turn % 3] ?? '', 2 ** (3 + (turn % 5)) - 1];
  const does = kind === 'logpoint' ? spec.does : 'record';
  if (does === 'timer') return { values: { timer: (turn % 7) * 0.4 + 0.3 } };
  if (does === 'count') return { values: { count: 1 } };
  if (does === 'metric') return { values: { metric: moves } };
  if (does !== 'snapshot') return { values: { user, moves } };
  const pegs = ['left', 'middle', 'right'].map((name, i) => ({ name, disks: i === 2 ? [3, 2, 1] : [] }));
  return { values: { user, disks: 3, game: { '[class]': 'Game', user, pegs, moves, next: { '[class]': 'Move', from: pegs[0], to: pegs[2] } }, moves }, stack: frames };
}

/** As agents add it up: a counter has no buckets. */
function measuredBy({ kind, spec }: Order['what'], hits: number): Pick<ProbePlace, 'measured'> {
  const does = kind === 'logpoint' ? spec.does : 'record';
  if (does === 'count') return { measured: { unit: '{hit}', count: Math.floor(hits / hotShare), sum: Math.floor(hits / hotShare), min: 1, max: 1, bounds: [], buckets: [] } };
  if (does !== 'timer' && does !== 'metric') return {};
  const shares = [0, 0.1, 0.2, 0.4, 0.2, 0.1, 0];
  const buckets = shares.map(share => Math.floor(hits * share));
  return { measured: { unit: does === 'timer' ? 'ms' : '1', count: buckets.reduce((sum, each) => sum + each, 0), sum: hits * 1.6, min: 0.3, max: 4.1, bounds: [0.1, 0.5, 1, 2, 4, 8], buckets } };
}
