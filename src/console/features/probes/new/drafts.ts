// What the forms hold, and the probe that comes of it. Pure: problems come back by field, in words.
import { fileTailSpec, journaldSpec, logpointSpec, syslogSpec, uprobeSpec, usdtSpec, type LogpointSpec, type ProbeKind, type ProbeLimits, type ProbeWhat, probeName, splitExpressions } from '../../../../model/index.ts';
import { fileName } from '../words.ts';

export interface LogpointDraft { readonly values: string; readonly condition: string; readonly until: string; readonly key: string; readonly message: string; readonly mechanism: LogpointSpec['mechanism'] }
export interface UprobeDraft { readonly args: string; readonly returns: boolean; readonly filter: string; readonly does: 'record' | 'count' | 'metric' }
export interface SourceDraft { readonly udpPort: string; readonly tcpPort: string; readonly paths: string; readonly format: string; readonly recordStart: string; readonly serviceName: string; readonly fromBeginning: boolean; readonly units: string }
export interface LimitsDraft { readonly expiresAfterMs: string; readonly maxHits: string; readonly maxPerSecond: string; readonly maxCpuPercent: string }

export const emptyLogpoint: LogpointDraft = { values: '', condition: '', until: '', key: '', message: '', mechanism: 'auto' };
export const emptyUprobe: UprobeDraft = { args: '', returns: false, filter: '', does: 'record' };
export const emptySource: SourceDraft = { udpPort: '', tcpPort: '', paths: '', format: 'auto', recordStart: '', serviceName: '', fromBeginning: false, units: '' };
export const usualLimits: LimitsDraft = { expiresAfterMs: '3600000', maxHits: '10000', maxPerSecond: '50', maxCpuPercent: '1' };

/** A snapshot is looked into: objects in objects are there. */
const snapshotBounds = { depth: 4, bytes: 16_384 } as const;

export type Problems = Readonly<Record<string, string>>;
export interface Made<T> { readonly made: T | null; readonly problems: Problems }

/** `tower.ts:38` or `38` of the same file. Null: not a place. */
export function placeOf(text: string, file: string): { readonly file: string; readonly line: number } | null {
  const found = /^(?:(.+):)?(\d+)$/.exec(text.trim());
  return found === null ? null : { file: found[1] ?? file, line: Number(found[2]) };
}

export function logpointOf(draft: LogpointDraft, does: LogpointSpec['does'], file: string | undefined, line: number | undefined): Made<ProbeWhat> {
  if (file === undefined) return missing('place', 'Choose a process and a file.');
  if (line === undefined) return missing('place', 'Choose a line: click beside its number.');
  const values = splitExpressions(draft.values);
  if ((does === 'record' || does === 'metric') && values.length === 0) return missing('values', does === 'metric' ? 'Name the number to measure, such as items.length.' : 'Name at least one value, such as user, moves.');
  if (does === 'metric' && values.length > 1) return missing('values', 'A metric measures one number.');
  const until = draft.until.trim() === '' ? undefined : placeOf(draft.until, file);
  if (does === 'timer' && until === undefined) return missing('until', 'Say where the time ends: a line number, or file:line.');
  if (until === null) return missing('until', 'Write a line number, or file:line.');
  const optional = <T,>(name: string, value: T | undefined | ''): object => (value === undefined || value === '' ? {} : { [name]: value });
  return checked('logpoint', logpointSpec, {
    at: { file, line }, does, ...(does === 'snapshot' ? { bounds: snapshotBounds } : {}), expressions: does === 'record' || does === 'metric' || does === 'snapshot' ? values.map(expression => ({ expression })) : [], mechanism: draft.mechanism,
    ...optional('condition', draft.condition.trim()), ...optional('message', draft.message.trim()), ...(does === 'timer' ? { ...optional('until', until), ...optional('key', draft.key.trim()) } : {}),
  });
}

export function uprobeOf(draft: UprobeDraft, binary: string | undefined, symbol: string | undefined): Made<ProbeWhat> {
  if (binary === undefined || symbol === undefined) return missing('place', 'Choose a function.');
  return checked('uprobe', uprobeSpec, { binary, symbol, arguments: splitExpressions(draft.args), returns: draft.returns, does: draft.does, ...(draft.filter.trim() === '' ? {} : { filter: draft.filter.trim() }) });
}

export const usdtOf = (binary: string | undefined, point: string | undefined): Made<ProbeWhat> => {
  const [provider, name] = (point ?? '').split(':');
  return binary === undefined || provider === undefined || name === undefined ? missing('place', 'Choose a USDT point.') : checked('usdt', usdtSpec, { binary, provider, name });
};

export function bpftraceOf(template: string | undefined, parameters: Readonly<Record<string, string | number>>): Made<ProbeWhat> {
  return template === undefined ? missing('place', 'Choose a ready-made probe.') : { made: { kind: 'bpftrace', spec: { template, parameters, severityNumber: 9 } }, problems: {} };
}

export function sourceOf(kind: 'syslog' | 'file' | 'journald', draft: SourceDraft): Made<ProbeWhat> {
  const port = (text: string): object | undefined => (text.trim() === '' ? undefined : { port: Number(text) });
  switch (kind) {
    case 'syslog': {
      const [udp, tcp] = [port(draft.udpPort), port(draft.tcpPort)];
      return udp === undefined && tcp === undefined ? missing('udpPort', 'Give a UDP or a TCP port to listen on.') : checked('syslog', syslogSpec, { ...(udp && { udp }), ...(tcp && { tcp }) });
    }
    case 'file': {
      const paths = draft.paths.split('\n').map(path => path.trim()).filter(Boolean);
      const relative = paths.find(path => !path.startsWith('/'));
      return paths.length === 0 ? missing('paths', 'Name at least one file, or a pattern such as /var/log/app/*.log.')
        : relative !== undefined ? missing('relative', `Write whole paths, from the root on: ${relative} is relative, and the agent runs in a folder of its own. For example /var/log/${fileName(relative) || 'app.log'}.`)
        : checked('file', fileTailSpec, { paths, format: draft.format, recordStart: draft.recordStart.trim() === '' ? null : draft.recordStart.trim(), from: draft.fromBeginning ? 'beginning' : 'end', ...(draft.serviceName.trim() === '' ? {} : { serviceName: draft.serviceName.trim() }) });
    }
    case 'journald': return checked('journald', journaldSpec, { units: draft.units.split(/[\s,]+/).filter(Boolean) });
  }
}

export function limitsOf(draft: LimitsDraft): Made<ProbeLimits> {
  const [maxHits, maxPerSecond, percent] = [Number(draft.maxHits), Number(draft.maxPerSecond), Number(draft.maxCpuPercent)];
  if (!Number.isInteger(maxHits) || maxHits < 1 || maxHits > 100_000_000) return missing('maxHits', 'A whole number from 1 to 100,000,000.');
  if (!Number.isInteger(maxPerSecond) || maxPerSecond < 1 || maxPerSecond > 100_000) return missing('maxPerSecond', 'A whole number from 1 to 100,000.');
  if (!(percent >= 0.01 && percent <= 50)) return missing('maxCpuPercent', 'A share of one core from 0.01 to 50 %.');
  return { made: { expiresAfterMs: Number(draft.expiresAfterMs), maxHits, maxPerSecond, maxCpuShare: percent / 100 }, problems: {} };
}

export const nameProblem = (name: string): string | null => probeName.safeParse(name).error?.issues[0]?.message ?? null;

const missing = (field: string, words: string): Made<never> => ({ made: null, problems: { [field]: words } });

function checked<Kind extends ProbeKind>(kind: Kind, schema: { safeParse(value: unknown): { readonly success: boolean; readonly data?: unknown; readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] } | undefined } }, value: object): Made<ProbeWhat> {
  const read = schema.safeParse(value);
  if (read.success) return { made: { kind, spec: read.data } as ProbeWhat, problems: {} };
  return { made: null, problems: Object.fromEntries((read.error?.issues ?? []).map(({ path, message }) => [fieldOf[String(path[0])] ?? String(path[0]), message])) };
}
/** Where a part of the spec has another name in its form. */
const fieldOf: Readonly<Record<string, string>> = { expressions: 'values', arguments: 'args', udp: 'udpPort', tcp: 'tcpPort' };
