// A desk with mechanisms and processes in memory, for tests. The same files in two desks: one that was killed, and the one after it.
import { ok } from '../../../../base/index.ts';
import { probeKinds, type ActionProblem, type AgentProcess, type ProbeReport } from '../../../../model/index.ts';
import { memoryFiles, systemClock, type Files } from '../../../ports/index.ts';
import type { StaticFigures, StaticPorts, StaticProbe, StaticProbeTable } from '../../contract.ts';
import { FakeMechanism, tableOf } from '../../governed/testing/fake-mechanism.ts';
import { ProbeDesk, type DeskPorts } from '../desk.ts';

export class FakeStatic implements StaticProbe {
  starts = 0;
  stops = 0;
  settles = 0;
  fails = false;
  records = 0;
  lastUnixMs: number | null = null;
  latest: StaticFigures['latest'] = [];
  async start(): ReturnType<StaticProbe['start']> {
    if (this.fails) return { ok: false, error: { code: 'probe.port-taken', message: 'Somebody has the port.' } };
    this.starts++;
    return ok({ means: 'fake syslog', resolved: 'udp 127.0.0.1:514' });
  }
  async stop(): Promise<void> { this.stops++; }
  async settle(): Promise<void> { this.settles++; }
  figures(): StaticFigures { return { records: this.records, dropped: 0, problem: null, lastUnixMs: this.lastUnixMs, standing: '', waiting: false, latest: this.latest }; }
}

export interface DeskHere {
  readonly desk: ProbeDesk; readonly mechanism: FakeMechanism; readonly fixed: FakeStatic; readonly sent: { readonly type: string; readonly content: unknown }[];
  readonly processes: Map<number, AgentProcess>; readonly emitted: { readonly signal: string; readonly bytes: Uint8Array }[];
  online: boolean; pulled: ActionProblem | null; kinds: readonly (typeof probeKinds)[number][];
  /** The last report of a probe that the server was sent. */
  told(id: string): ProbeReport | undefined;
}

const positionsIn = (files: Files) => (id: string): StaticPorts['positions'] => ({
  read: async (name) => { const read = await files.read(`positions-${id}-${name}`); return read.ok ? read.value : null; },
  write: async (name, bytes) => { await files.writeAtomically(`positions-${id}-${name}`, bytes); },
});

export async function deskHere({ files = memoryFiles(), mechanism = new FakeMechanism(), fixed = new FakeStatic(), processes = [] as readonly AgentProcess[] }: { files?: Files; mechanism?: FakeMechanism; fixed?: FakeStatic; processes?: readonly AgentProcess[] } = {}): Promise<DeskHere> {
  const table = new Map(processes.map((one) => [one.pid, one]));
  const sent: DeskHere['sent'] = [];
  const emitted: DeskHere['emitted'] = [];
  const make = (): StaticProbe => fixed;
  const statics: StaticProbeTable = { syslog: make, file: make, journald: make };
  const here = {
    mechanism, fixed, sent, emitted, processes: table, online: true, pulled: null as ActionProblem | null, kinds: probeKinds as readonly (typeof probeKinds)[number][],
    told: (id: string) => sent.findLast(({ type, content }) => type === 'probe.report' && (content as ProbeReport).id === id)?.content as ProbeReport | undefined,
  };
  const ports: DeskPorts = {
    mechanisms: tableOf(mechanism), statics, files, clock: systemClock, hostName: 'h', delivery: { deliver: () => 'taken', mark: () => () => true }, positions: positionsIn(files),
    emit: (signal, bytes) => { emitted.push({ signal, bytes }); }, policy: async () => ok({ probes: here.kinds, files: [] }), ripCord: () => here.pulled, canSend: () => here.online,
    send: (type, content) => { if (here.online) sent.push({ type, content: structuredClone(content) }); },
    looks: { scripts: async () => ({ files: [], more: 0, problem: null }), source: () => Promise.reject(new Error('The door closed')), symbols: async (_, binary) => ({ binaries: [binary ?? ''], symbols: [], usdt: [], more: 0, problem: null }), templates: [] },
    processes: {
      list: async () => ({ processes: [...table.values()], hidden: 0 }), look: async (pid) => table.get(pid) ?? null, toldStart: () => null,
      proc: { link: async (pid: number) => (table.has(pid) ? '/opt/tower' : null), stat: async (pid: number) => (table.has(pid) ? {} : null), isAlive: async (pid: number, startTicks: number) => table.get(pid)?.startTicks === startTicks } as never,
    },
  };
  return Object.assign(here, { desk: await ProbeDesk.open(ports) });
}
