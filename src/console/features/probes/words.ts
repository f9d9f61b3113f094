// Names of what probes are, where they sit and why they ended, and the question that finds their records.
import type { FleetProbe, LogpointSpec, ProbeEnd, ProbeKind, ProbePlace, ProbeState, ProbeWhat } from '../../../model/index.ts';
import type { ChipTone } from '../../ui/index.ts';

export const kindWords: Readonly<Record<ProbeKind, string>> = { logpoint: 'Logpoint', uprobe: 'uprobe', usdt: 'USDT', bpftrace: 'bpftrace', syslog: 'Syslog', file: 'Files', journald: 'Journal' };
export const doesWords: Readonly<Record<LogpointSpec['does'], string>> = { record: 'Log record', snapshot: 'Snapshot', count: 'Counter', metric: 'Metric', timer: 'Timer' };
export const stateWords: Readonly<Record<ProbeState, string>> = { inserting: 'going in', active: 'in', paused: 'pausing', ended: 'ended', refused: 'refused', failed: 'failed' };
export const stateTones: Readonly<Record<ProbeState, ChipTone>> = { inserting: 'pending', active: 'accent', paused: 'attn', ended: 'line', refused: 'danger', failed: 'danger' };
export const endWords: Readonly<Record<ProbeEnd, string>> = {
  expired: 'its time was over', quota: 'it had all its hits', removed: 'it was removed', 'rip-cord': 'the rip cord was pulled', 'process-gone': 'its process ended', 'agent-stopped': 'the agent stopped', 'agent-crashed': 'the agent was restarted', fault: 'it broke', refused: 'it was refused',
};

/** The last part of a path. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** With what it makes: a logpoint may be a counter. */
export const longKind = ({ kind, spec }: ProbeWhat): string => (kind === 'logpoint' && spec.does !== 'record' ? `${kindWords[kind]}, ${doesWords[spec.does].toLowerCase()}` : kindWords[kind]);

/** What it looks at, in a few words. */
export function whatWords({ kind, spec }: ProbeWhat): string {
  switch (kind) {
    case 'logpoint': return `${fileName(spec.at.file)}:${spec.at.line}`;
    case 'uprobe': return `${fileName(spec.binary)} ${spec.symbol}${spec.returns ? ' (return)' : ''}`;
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

/** As the tail is asked for what it wrote; null where it writes no records of its own name. */
export function tailQuestion({ name, what }: Pick<FleetProbe, 'name' | 'what'>): string | null {
  if (what.kind === 'logpoint' && what.spec.does !== 'record' && what.spec.does !== 'snapshot') return null;
  if (what.kind === 'uprobe' && what.spec.does !== 'record') return null;
  return what.kind === 'syslog' || what.kind === 'file' || what.kind === 'journald' ? null : `EventName == ${JSON.stringify(name)}`;
}

/** Values as one line: `user = "ada", moves = 7`. */
export const valuesLine = (values: Readonly<Record<string, unknown>>): string => Object.entries(values).map(([name, value]) => `${name} = ${typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value) ?? String(value)}`).join(', ');
