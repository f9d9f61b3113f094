// A governed probe over the mechanism in memory, with everything it gives kept; for tests.
import { ok } from '../../../../base/index.ts';
import { probeRequest, type AgentProcess, type ProbeLimits, type ProbeWhat } from '../../../../model/index.ts';
import type { LogInput } from '../../../../otlp/index.ts';
import { systemClock } from '../../../ports/index.ts';
import type { ProbePoint } from '../measures.ts';
import { GovernedProbe } from '../probe.ts';
import { valueRedactor } from '../redact-values.ts';
import { FakeMechanism } from './fake-mechanism.ts';

export const logpoint = (spec: Record<string, unknown> = {}) => ({ kind: 'logpoint', spec: { at: { file: 'hanoi.ts', line: 3 }, ...spec } }) as unknown as ProbeWhat;
/** As the server would send it. */
export const requestOf = (more: Record<string, unknown> = {}) => probeRequest.parse({ id: 'p1', name: 'probe.moves', what: logpoint(), target: { pid: 7 }, owner: 'ann', createdUnixMs: 1, ...more });
export const processOf = (pid = 7, more: Partial<AgentProcess> = {}): AgentProcess => ({
  pid, startTicks: pid * 10, parentPid: 1, name: 'node', command: 'node tower.js', runtime: 'node', runtimeVersion: null, user: 'ann', container: null, service: 'tower', startedUnixMs: 1, rssBytes: 1, cpuShare: null, isWeir: false, ...more,
});

export interface ProbeHere { readonly probe: GovernedProbe; readonly mechanism: FakeMechanism; readonly records: LogInput[]; readonly points: ProbePoint[]; readonly news: string[] }

const redact = valueRedactor();

export function probeHere({ limits = {}, what = logpoint(), waits = false, mechanism = new FakeMechanism(), settled = [] }: { limits?: Partial<ProbeLimits>; what?: ProbeWhat; waits?: boolean; mechanism?: FakeMechanism; settled?: string[] } = {}): ProbeHere {
  const [records, points, news]: [LogInput[], ProbePoint[], string[]] = [[], [], []];
  const probe = new GovernedProbe({
    request: requestOf({ what, limits }), mechanism, waits,
    ports: {
      clock: systemClock, redact, output: { records: (_, more) => { records.push(...more); }, point: (_, point) => { points.push(point); } },
      note: async () => ok(undefined), settle: async (_, place) => { settled.push(place); }, changed: (of, isNews) => { if (isNews) news.push(of.report().state); },
    },
  });
  return { probe, mechanism, records, points, news };
}
