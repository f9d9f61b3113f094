// The forms as a probe that is there would have filled them: to look at it again, or to put in another like it. Pure.
import type { FleetProbe } from '../../../../model/index.ts';
import { emptyDrafts, type Drafts } from './made.ts';

export function draftsOf({ what: { kind, spec }, limits, reason }: Pick<FleetProbe, 'what' | 'limits' | 'reason'>): Drafts {
  const drafts = { ...emptyDrafts, reason, limits: { expiresAfterMs: String(limits.expiresAfterMs), maxHits: String(limits.maxHits), maxPerSecond: String(limits.maxPerSecond), maxCpuPercent: String(Number((limits.maxCpuShare * 100).toPrecision(6))) } };
  switch (kind) {
    case 'logpoint': {
      const { at, until } = spec;
      return { ...drafts, logpoint: { values: spec.expressions.map(({ expression }) => expression).join(', '), condition: spec.condition ?? '', until: until === undefined ? '' : until.file === at.file ? String(until.line) : `${until.file}:${until.line}`, key: spec.key ?? '', message: spec.message ?? '', mechanism: spec.mechanism } };
    }
    case 'uprobe': return { ...drafts, uprobe: { args: spec.arguments.join(', '), returns: spec.returns, filter: spec.filter ?? '', does: spec.does } };
    case 'bpftrace': return { ...drafts, parameters: spec.parameters };
    case 'file': return { ...drafts, source: { ...drafts.source, paths: spec.paths.join('\n'), format: spec.format, recordStart: spec.recordStart ?? '', serviceName: spec.serviceName ?? '', fromBeginning: spec.from === 'beginning' } };
    case 'syslog': return { ...drafts, source: { ...drafts.source, udpPort: String(spec.udp?.port ?? ''), tcpPort: String(spec.tcp?.port ?? '') } };
    case 'journald': return { ...drafts, source: { ...drafts.source, units: spec.units.join(', ') } };
    default: return drafts;
  }
}
