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

  end(id: string | null, end: NonNullable<FleetProbe['end']>): void {
    for (const kept of this.#kept) if ((id === null || kept.id === id) && kept.end === null) { kept.end = end; kept.endedUnixMs = this.#backend.clock(); }
  }

  #shown({ id, order: { agent: agentId, name, what, target, limits, reason }, createdUnixMs, endedUnixMs, end, owner }: Kept): FleetProbe {
    const now = endedUnixMs ?? this.#backend.clock();
    const hits = Math.max(0, Math.floor(((now - createdUnixMs) / 1000) * hitsPerSecond));
    const agent = mockAgents(this.#backend).find(one => one.id === agentId);
    const process = mockProcesses(agentId, now).processes.find(({ pid }) => pid === target?.pid);
    const state = end === null ? 'active' : 'ended';
    const place: ProbePlace = {
      process: process === undefined ? null : { pid: process.pid, startTicks: process.startTicks, name: process.name, service: process.service }, state, why: null, means: what.kind === 'logpoint' ? 'V8 breakpoint' : what.kind, resolved: null,
      hits, emitted: hits, suppressed: 0, trueRate: hitsPerSecond, costUs: 120, cpuShare: 0.00024, pauses: 0, pausedUntilUnixMs: null, firstHitUnixMs: createdUnixMs + 500, lastHitUnixMs: now,
      latest: Array.from({ length: Math.min(hits, 5) }, (_, i) => ({ unixMs: now - (4 - i) * 500, values: { user: players[(hits + i) % 3] ?? '', moves: 2 ** (3 + ((hits + i) % 5)) - 1 } })),
    };
    return {
      id, name, what, target, limits, owner, reason, createdUnixMs, state, end, why: null, expiresUnixMs: isDynamic(what.kind) ? createdUnixMs + limits.expiresAfterMs : null, endedUnixMs, hits, emitted: hits, suppressed: 0, places: [place], notes: [],
      agent: { id: agentId, name: agent?.name ?? agentId, connected: agent?.connected ?? false },
    };
  }
}
