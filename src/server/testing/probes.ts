// Reports of probes for tests: nothing but what a test says.
import type { ProbeReport } from '../../model/index.ts';

export const probeReportOf = (id: string, more: Partial<ProbeReport> = {}): ProbeReport => ({
  id, name: 'moves', what: { kind: 'logpoint', spec: { at: { file: 'tower.ts', line: 38 }, does: 'record', expressions: [{ expression: 'user' }], severityNumber: 9, mechanism: 'auto', bounds: { depth: 2, entries: 20, characters: 256, bytes: 4096 } } },
  target: { pid: 812 }, limits: { expiresAfterMs: 60_000, maxHits: 100, maxPerSecond: 10, maxCpuShare: 0.01 }, owner: 'local', reason: '', createdUnixMs: Date.now(), state: 'active', end: null, why: null,
  expiresUnixMs: null, endedUnixMs: null, hits: 0, emitted: 0, suppressed: 0, places: [], notes: [], ...more,
});
