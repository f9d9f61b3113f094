// Names of what probes are, where they sit and why they ended, and the question that finds their records.
import { conditionText } from '../../../kql/index.ts';
import type { FleetProbe, LogpointSpec, ProbeEnd, ProbeKind, ProbePlace, ProbeState, ProbeWhat } from '../../../model/index.ts';
import { formatPercent, type ChipTone } from '../../ui/index.ts';

export const kindWords: Readonly<Record<ProbeKind, string>> = { logpoint: 'Logpoint', uprobe: 'uprobe', usdt: 'USDT', bpftrace: 'bpftrace', syslog: 'Syslog', file: 'Files', journald: 'Journal' };
export const doesWords: Readonly<Record<LogpointSpec['does'], string>> = { record: 'Log record', snapshot: 'Snapshot', count: 'Counter', metric: 'Metric', timer: 'Timer' };
export const stateWords: Readonly<Record<ProbeState, string>> = { inserting: 'going in', active: 'in', paused: 'pausing', ended: 'ended', refused: 'refused', failed: 'failed' };
export const stateTones: Readonly<Record<ProbeState, ChipTone>> = { inserting: 'pending', active: 'accent', paused: 'attn', ended: 'line', refused: 'danger', failed: 'danger' };
export const endWords: Readonly<Record<ProbeEnd, string>> = {
  expired: 'its time was over', quota: 'it had written all its records', removed: 'it was removed', 'rip-cord': 'the rip cord was pulled', 'process-gone': 'its process ended', 'agent-stopped': 'the agent stopped', 'agent-crashed': 'the agent was restarted', fault: 'it broke', refused: 'it was refused',
};

/** The last part of a path. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** With what it makes: a logpoint may be a counter. */
export const longKind = ({ kind, spec }: ProbeWhat): string => (kind === 'logpoint' && spec.does !== 'record' ? `${kindWords[kind]}, ${doesWords[spec.does].toLowerCase()}` : kindWords[kind]);

/** What it looks at, in a few words. */
export function whatWords({ kind, spec }: ProbeWhat): string {
  switch (kind) {
    case 'logpoint': return `${fileName(spec.at.file)}:${spec.at.line}`;
    case 'uprobe': return `${fileName(spec.binary)} ${spec.symbol}${!spec.returns ? '' : spec.arguments.length > 0 ? ', entry and return' : ', on return'}`;
    case 'usdt': return `${spec.provider}:${spec.name}`;
    case 'bpftrace': return spec.template ?? 'own program';
    case 'syslog': return [spec.udp === undefined ? '' : `UDP ${spec.udp.port}`, spec.tcp === undefined ? '' : `TCP ${spec.tcp.port}`].filter(Boolean).join(', ');
    case 'file': return spec.paths.map(fileName).join(', ');
    case 'journald': return spec.units.length === 0 ? 'all units' : spec.units.join(', ');
  }
}

/** What it reads at each hit. */
export function readsWords({ kind, spec }: ProbeWhat): string {
  if (kind === 'logpoint') return spec.does === 'snapshot' ? 'all locals, and the stack' : spec.expressions.map(({ expression }) => expression).join(', ');
  if (kind === 'uprobe') return [...spec.arguments, ...(spec.returns ? ['$retval'] : [])].join(', ');
  return '';
}

/** Where the processes of its places are named, the first and how many more. */
export function placesWords(places: readonly ProbePlace[]): string {
  const [first, ...more] = places;
  if (first === undefined) return '';
  const name = first.process === null ? 'the machine' : `${first.process.service ?? first.process.name} ${first.process.pid}`;
  return more.length === 0 ? name : `${name} and ${more.length} more`;
}

/** As the tail is asked for what it makes: by the probe's id, since names may be shared. */
export function tailQuestion({ id, what }: Pick<FleetProbe, 'id' | 'what'>): TailQuestion {
  const q = conditionText({ field: { in: 'Attributes', name: 'weir.probe.id' }, value: id });
  return measures(what) ? { q, signals: ['metrics'] } : { q };
}
export interface TailQuestion { readonly q: string; readonly signals?: ['metrics'] }

/** It makes points of a metric, no records. */
export const measures = ({ kind, spec }: ProbeWhat): boolean => (kind === 'logpoint' && (spec.does === 'count' || spec.does === 'metric' || spec.does === 'timer')) || (kind === 'uprobe' && spec.does !== 'record');

/** It counts, and reads nothing. */
export const counts = ({ kind, spec }: ProbeWhat): boolean => (kind === 'logpoint' || kind === 'uprobe') && spec.does === 'count';

/** Microseconds, to two digits: what is measured varies by more. */
export const costWords = (us: number): string => `${Number(us.toPrecision(2)).toLocaleString('en')} µs`;

/** Of one core. */
export const cpuWords = (share: number): string => (share > 0 && share < 0.0005 ? '<0.1 %' : formatPercent(share));

/** Two that are in may share a name; then their records do, too. */
export const isTaken = (name: string, probes: readonly FleetProbe[]): boolean => probes.some(probe => probe.name === name && isIn(probe));
const isIn = ({ state }: FleetProbe): boolean => state === 'inserting' || state === 'active' || state === 'paused';

/** Values as one line: `user = "ada", moves = 7`. */
export const valuesLine = (values: Readonly<Record<string, unknown>>): string => Object.entries(values).map(([name, value]) => `${name} = ${typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value) ?? String(value)}`).join(', ');
