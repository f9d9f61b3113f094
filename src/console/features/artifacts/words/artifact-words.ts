// How kinds and states of artifacts are named, drawn and explained.
import { profileFormats, type Artifact, type ArtifactKind } from '../../../../model/index.ts';
import type { ChipTone, IconName } from '../../../ui/index.ts';

export const kindNames: Readonly<Record<ArtifactKind, string>> = {
  'cpu-profile': 'CPU profile', 'heap-profile': 'Heap profile', 'heap-snapshot': 'Heap snapshot', 'core-dump': 'Core dump', 'thread-stacks': 'Thread stacks', 'packet-capture': 'Packets', recorder: 'Recording',
  config: 'Config', state: 'State', files: 'Files', 'command-output': 'Command output', bundle: 'Bundle', other: 'Other',
};
export const kindIcons: Readonly<Record<ArtifactKind, IconName>> = {
  'cpu-profile': 'flame', 'heap-profile': 'flame', 'heap-snapshot': 'dump', 'core-dump': 'dump', 'thread-stacks': 'list', 'packet-capture': 'route', recorder: 'recorder',
  config: 'gear', state: 'info', files: 'file', 'command-output': 'file', bundle: 'box', other: 'file',
};

export interface StateWords { readonly word: string; readonly tone: ChipTone; /** What happened and what to do; empty when all is well. */ readonly says: string }

export function artifactState({ state, receivedBytes, bytes, agent }: Artifact): StateWords {
  if (state === 'uploading') return { word: `${Math.min(99, Math.round(bytes === 0 ? 0 : receivedBytes / bytes * 100))} %`, tone: 'pending', says: `${agent?.name ?? 'The agent'} is sending it. A lost connection goes on where it stopped.` };
  if (state === 'damaged') return { word: 'damaged', tone: 'danger', says: 'Its bytes are not those that were announced: the hash differs. Run the action again.' };
  if (state === 'lost') return { word: 'lost', tone: 'danger', says: 'Its file is gone from the store. Run the action again, or bring the file if you have it.' };
  return { word: 'stored', tone: 'plain', says: '' };
}

const textFormats = new Set<string>(['json', 'jsonl', 'text']);

/** What the flame graph opens. */
export const isProfile = ({ kind, format }: Pick<Artifact, 'kind' | 'format'>): boolean => kind === 'cpu-profile' || kind === 'heap-profile' || profileFormats.has(format);

/** What the heap view opens. */
export const isHeap = ({ format }: Pick<Artifact, 'format'>): boolean => format === 'heapsnapshot';

export type ViewerName = 'packets' | 'threads' | 'text' | 'recording' | 'profile' | 'heap' | 'none';
/** What shows it. A format that nothing here reads has facts and download. */
export function viewerOf({ kind, format }: Pick<Artifact, 'kind' | 'format'>): ViewerName {
  if (format === 'otlp-frames') return 'recording';
  if (format === 'pcapng' || format === 'pcap') return 'packets';
  if (isProfile({ kind, format })) return 'profile';
  if (isHeap({ format })) return 'heap';
  if (kind === 'thread-stacks' && format === 'text') return 'threads';
  return textFormats.has(format) && kind !== 'heap-snapshot' ? 'text' : 'none';
}

/** What can be said of what has no viewer here: which tool opens it. */
export function opensWith({ format }: Pick<Artifact, 'format'>): string {
  switch (format) {
    case 'hprof': return 'Eclipse Memory Analyzer and VisualVM open it.';
    case 'elf-core': return 'gdb and lldb open it, beside the program that it is of.';
    case 'tar': case 'zip': return 'Any archive program opens it.';
    case 'otlp': return 'Send it to an OTLP endpoint, or read it with a protobuf tool.';
    default: return 'Download it, and open it with the program that it is for.';
  }
}
