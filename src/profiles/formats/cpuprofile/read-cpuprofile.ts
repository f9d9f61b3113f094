// V8's .cpuprofile (node --cpu-prof, Chrome DevTools, the inspector's Profiler) into the columnar model.
import type { Result } from '../../../base/index.ts';
import { findGaps, type FoundGaps } from '../../gaps/index.ts';
import { packageOf } from '../../package-of.ts';
import { none, type FrameTable, type FunctionTable, type LineTicks, type Profile, type SampleTable, type StackTable, type WeightColumn } from '../../model.ts';
import { FormatFault, guarded } from '../fault.ts';
import { rootName } from '../v8-call-frame.ts';
import { orderNodes, type OrderedNodes } from './node-order.ts';
import { mostMicros, sampleTimes } from './sample-times.ts';
import { FileScan } from './scan-file.ts';

/** Offsets into the file are 32 bits. */
const maxBytes = 0x7fff_ffff;

/**
 * bytes: the whole file. progress: share read, 0..1, about every megabyte. Fails with `profile.truncated`, `profile.malformed`,
 * `profile.empty` or `profile.unsupported`. What was left out or guessed stands in `notes`.
 */
export function readCpuProfile(bytes: Uint8Array, name: string, progress?: (share: number) => void): Result<Profile> {
  return guarded(name, 'a CPU profile of V8', () => {
    if (bytes.length > maxBytes) throw new FormatFault('unsupported', `it has ${bytes.length} bytes, more than ${maxBytes}`, 'Record for a shorter time, or with a longer sampling interval (node --cpu-prof-interval).');
    const file = new FileScan(bytes, progress).run();
    if (!file.hasNodes) throw new FormatFault('malformed', 'it has no list of nodes', 'Open a file that ends in .cpuprofile, as node --cpu-prof, Chrome DevTools or a cpu-sample action write it.');
    if (file.id.count === 0) throw new FormatFault('empty', 'its list of nodes is empty');
    const profile = assemble(file, name);
    progress?.(1);
    return profile;
  });
}

function assemble(file: FileScan, name: string): Profile {
  const functions = functionTable(file);
  const { strings } = file.texts;
  const nodes = orderNodes(file, (row) => strings[functions.name[row]!] === rootName);
  const spanMicros = spanOf(file);
  const stacks: StackTable = { count: nodes.parent.length, parent: nodes.parent, frame: nodes.node.map((node) => file.function.at(node)) };
  const frames: FrameTable = { count: functions.count, function: functions.line.map((_, row) => row), line: new Int32Array(functions.count) };
  const { samples, time, gaps, untilNanos, notes } = file.samples === null || file.samples.length === 0 ? samplesOfHits(file, nodes, spanMicros) : samplesOf(file.samples, file.timeDeltas, nodes, spanMicros, leafFunctions(stacks));
  return {
    format: 'cpuprofile', name, strings, functions, frames, stacks, samples,
    threads: [{ name: 'main', processId: null, threadId: null }],
    weights: weightColumns(time, samples.counts), defaultWeight: 0,
    lineTicks: lineTicks(file, nodes), gaps: gaps === null ? null : { weight: 0, ...gaps }, startUnixMs: null,
    durationNanos: Math.max(spanMicros === null ? 0 : spanMicros * 1000, untilNanos),
    notes: [...nodes.notes, ...notes],
  };
}

const weightColumns = (time: Float64Array, counts: Float64Array | null): WeightColumn[] => [
  { name: 'time', unit: 'nanoseconds', unitText: '', values: time, each: 0 },
  { name: 'samples', unit: 'count', unitText: '', values: counts, each: 1 },
];

function functionTable({ functions, places, positions, texts }: FileScan): FunctionTable {
  const { count } = functions;
  const place = functions.finishFirst();
  const position = functions.finishSecond();
  const nameOf = (row: number): number => {
    const text = places.first(row);
    return text === none || texts.strings[text] === '' ? texts.rowOf('(anonymous)') : text;
  };
  const name = place.map(nameOf);
  const file = place.map((row) => { const text = places.second(row); return text === none || texts.strings[text] === '' ? none : text; });
  const packages = new Int32Array(count);
  for (let row = 0; row < count; row++) packages[row] = texts.rowOf(packageOf(file[row] === none ? null : texts.strings[file[row]!]!, texts.strings[name[row]!]!));
  return { count, name, file, line: position.map((row) => positions.first(row)), column: position.map((row) => positions.second(row)), package: packages };
}

/** Null when the file does not tell it, or tells what no clock does. */
function spanOf({ startTime, endTime }: FileScan): number | null {
  const span = startTime === null || endTime === null ? -1 : endTime - startTime;
  return span >= 0 && span <= mostMicros ? span : null;
}

/** Frames and functions are the same rows in this format. */
const leafFunctions = ({ frame }: StackTable) => (stack: number): number => (stack === none ? none : frame[stack]!);

/** `untilNanos`: where the time of the last sample ends; 0 without times. */
interface ReadSamples { readonly samples: SampleTable; readonly time: Float64Array; readonly gaps: FoundGaps | null; readonly untilNanos: number; readonly notes: readonly string[] }

function samplesOf(ids: Float64Array, deltas: Float64Array | null, nodes: OrderedNodes, spanMicros: number | null, leaf: (stack: number) => number): ReadSamples {
  const { time, weight, usual, order, notes } = sampleTimes(ids.length, deltas, spanMicros);
  const stack = new Int32Array(ids.length);
  let lost = 0;
  for (let row = 0; row < ids.length; row++) {
    const node = nodes.rowOfId(ids[order === null ? row : order[row]!]!);
    stack[row] = node === none ? none : nodes.stack[node]!;
    if (stack[row] === none && (node === none || nodes.isRoot[node] === 0)) lost++;
  }
  const more = lost === 0 ? [] : [`${lost} samples name a node that is not there; they count as empty stacks.`];
  const untilNanos = ids.length === 0 ? 0 : time[ids.length - 1]! + weight[ids.length - 1]!;
  return { samples: { count: ids.length, stack, time, thread: null, counts: null }, gaps: findGaps(weight, usual, (row) => leaf(stack[row]!)), time: weight, untilNanos, notes: [...notes, ...more] };
}

/** Files without a list of samples still count hits per node: a row per node, its time a share of the whole. */
function samplesOfHits(file: FileScan, nodes: OrderedNodes, spanMicros: number | null): ReadSamples {
  const hit: number[] = [];
  let all = 0;
  for (let node = 0; node < file.hits.count; node++) {
    if (file.hits.at(node) <= 0) continue;
    hit.push(node);
    all += file.hits.at(node);
  }
  const counts = Float64Array.from(hit, (node) => file.hits.at(node));
  const each = all === 0 ? 0 : ((spanMicros ?? 0) * 1000) / all;
  return {
    samples: { count: hit.length, stack: Int32Array.from(hit, (node) => nodes.stack[node]!), time: null, thread: null, counts },
    time: counts.map((count) => count * each), gaps: null, untilNanos: 0,
    notes: ['The file lists no samples, only hits per node: there is no order in time.'],
  };
}

function lineTicks(file: FileScan, nodes: OrderedNodes): LineTicks | null {
  const kept: number[] = [];
  for (let row = 0; row < file.ticks.count; row++) if (file.ticks.at(row) > 0 && nodes.stack[file.tickNode.at(row)] !== none) kept.push(row);
  if (kept.length === 0) return null;
  return {
    count: kept.length,
    stack: Int32Array.from(kept, (row) => nodes.stack[file.tickNode.at(row)]!),
    line: Int32Array.from(kept, (row) => file.tickLine.at(row)),
    ticks: Int32Array.from(kept, (row) => file.ticks.at(row)),
  };
}
