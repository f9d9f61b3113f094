// How actions, their states and their figures are named.
import type { ActionName, ActionRun, ActionState } from '../../../../model/index.ts';
import { formatBytes, formatCount, formatDuration, type ChipTone } from '../../../ui/index.ts';

export interface ActionWords { readonly label: string; readonly says: string }

export const actionWords: Readonly<Record<ActionName, ActionWords>> = {
  'cpu-sample': { label: 'CPU sample', says: 'Where a process spends its time: Node by its inspector, others by perf.' },
  'heap-sample': { label: 'Heap sample', says: 'Who allocates, by stack. Nearly free; take it before a dump.' },
  'memory-dump': { label: 'Memory dump', says: 'All of a process\'s memory. It stands still while that is written.' },
  'verbose-logs': { label: 'Verbose logs', says: 'Lets more be logged for a while; closes by itself.' },
  'packet-capture': { label: 'Packet capture', says: 'What goes over the network, by tcpdump.' },
  'collect-config': { label: 'Configuration', says: 'Command line, environment, versions and chosen files, redacted. Comparable across agents.' },
  'collect-state': { label: 'State', says: 'Status, limits, open files, sockets, threads; of Node also event loop and GC, when its inspector is open or may be opened.' },
  'collect-files': { label: 'Files', says: 'Files that the machine\'s owner allows, redacted when they are text.' },
  'diagnostic-command': { label: 'Diagnostic command', says: 'A read-only command that the machine\'s owner allows.' },
  'collect-recorder': { label: 'Collect a recorder', says: 'What a flight recorder holds, as a file that opens in the tail.' },
  'start-recorder': { label: 'Start a recorder', says: 'Records go into it again.' },
  'stop-recorder': { label: 'Stop a recorder', says: 'What it holds stays; records pass it by.' },
};

const stateTones: Readonly<Record<ActionState, ChipTone>> = { waiting: 'pending', running: 'accent', uploading: 'accent', done: 'plain', failed: 'danger', cancelled: 'line', refused: 'attn' };
const stateNames: Readonly<Record<ActionState, string>> = { waiting: 'waiting', running: 'running', uploading: 'sending', done: 'done', failed: 'failed', cancelled: 'cancelled', refused: 'not run' };
export const actionStateWords = (state: ActionState): { readonly word: string; readonly tone: ChipTone } => ({ word: stateNames[state], tone: stateTones[state] });

/** "checkout (pid 4121)", or the machine. */
export const targetOf = ({ process, agent }: Pick<ActionRun, 'process' | 'agent'>): string => (process === null ? agent.name : `${process.service ?? process.name} (pid ${process.pid})`);

export const askerOf = ({ asker }: Pick<ActionRun, 'asker'>): string => ({ person: asker.name, net: `net ${asker.name}`, 'language-rule': `rule ${asker.name}`, incident: `incident ${asker.name}`, terminal: `${asker.name} at a terminal` })[asker.kind];

const figureNames: Readonly<Record<string, string>> = { pauseMs: 'Pause, measured', stoppedMs: 'Stood still, measured', peakRssBytes: 'Most memory, measured', bytes: 'Size', exitCode: 'Exit code' };

/** A figure by its name, which has the unit in it: "pauseMs" is a duration, "peakRssBytes" a size. */
export function figureWords(name: string, value: number): readonly [label: string, text: string] {
  const bare = name.replace(/(Ms|Bytes)$/, '').replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  const label = figureNames[name] ?? bare.charAt(0).toUpperCase() + bare.slice(1);
  return [label, name.endsWith('Ms') ? formatDuration(value) : name === 'bytes' || name.endsWith('Bytes') ? formatBytes(value) : formatCount(value)];
}

/** What runs comes first; then the newest. */
export const runningFirst = (runs: readonly ActionRun[]): readonly ActionRun[] => runs.toSorted((a, b) => Number(isOver(a)) - Number(isOver(b)) || b.requestedUnixMs - a.requestedUnixMs);
const isOver = ({ state }: ActionRun) => state !== 'waiting' && state !== 'running' && state !== 'uploading';
