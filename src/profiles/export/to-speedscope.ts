// speedscope's JSON: one sampled profile a thread, in the order of time where the profile has times.
// https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources
import { none, type Profile } from '../model.ts';
import type { ProfileSelection } from '../tree/call-tree.ts';
import { IntColumn, FloatColumn } from '../build/index.ts';
import { mergeSamples } from './merged-samples.ts';
import { eachSelectedSample, selectStacks, type SelectedStacks } from './selected-stacks.ts';
import { chunked } from './text-chunks.ts';

interface ThreadSamples { readonly stacks: IntColumn; readonly weights: FloatColumn }
const schema = 'https://www.speedscope.app/file-format-schema.json';

/** Text in chunks. Weights of the selection; samples of one stack that follow each other are one. */
export function toSpeedscope(profile: Profile, selection: ProfileSelection): Generator<string> {
  return chunked(pieces(profile, selection));
}

function* pieces(profile: Profile, selection: ProfileSelection): Generator<string> {
  const stacks = selectStacks(profile, selection);
  const threads = [...samplesByThread(profile, selection, stacks)].sort(([left], [right]) => left - right);
  yield `{"$schema":"${schema}","exporter":"weir","name":${JSON.stringify(profile.name)},"activeProfileIndex":0,"shared":{"frames":[`;
  yield* frames(profile);
  yield ']},"profiles":[';
  const { unit } = profile.weights[selection.weight]!;
  for (const [at, [thread, samples]] of threads.entries()) {
    const total = sum(samples.weights);
    yield `${at > 0 ? ',' : ''}{"type":"sampled","name":${JSON.stringify(profile.threads[thread]?.name ?? 'all threads')},"unit":"${unit === 'nanoseconds' || unit === 'bytes' ? unit : 'none'}","startValue":0,"endValue":${total},"samples":[`;
    yield* stackLists(profile, stacks, samples.stacks);
    yield '],"weights":[';
    for (let row = 0; row < samples.weights.count; row++) yield `${row > 0 ? ',' : ''}${samples.weights.at(row)}`;
    yield ']}';
  }
  yield ']}\n';
}

function* frames({ functions, strings }: Profile): Generator<string> {
  for (let row = 0; row < functions.count; row++) {
    const file = functions.file[row] === none ? {} : { file: strings[functions.file[row]!]! };
    const line = functions.line[row]! > 0 ? { line: functions.line[row]! } : {};
    const col = functions.column[row]! > 0 ? { col: functions.column[row]! } : {};
    yield `${row > 0 ? ',' : ''}${JSON.stringify({ name: strings[functions.name[row]!] ?? '', ...file, ...line, ...col })}`;
  }
}

function* stackLists({ frames: table }: Profile, { rows }: SelectedStacks, samples: IntColumn): Generator<string> {
  for (let at = 0; at < samples.count; at++) {
    const path: number[] = [];
    for (let row = samples.at(at); row !== none; row = rows.first(row)) path.push(table.function[rows.second(row)]!);
    yield `${at > 0 ? ',' : ''}[${path.reverse().join(',')}]`;
  }
}

function samplesByThread(profile: Profile, selection: ProfileSelection, stacks: SelectedStacks): Map<number, ThreadSamples> {
  const threads = new Map<number, ThreadSamples>();
  const add = (thread: number, stack: number, weight: number): void => {
    let samples = threads.get(thread);
    if (samples === undefined) threads.set(thread, samples = { stacks: new IntColumn(), weights: new FloatColumn() });
    const last = samples.stacks.count - 1;
    if (last >= 0 && samples.stacks.at(last) === stack) { samples.weights.set(last, samples.weights.at(last) + weight); return; }
    samples.stacks.push(stack);
    samples.weights.push(weight);
  };
  const { values, each } = profile.weights[selection.weight]!;
  if (profile.samples.time !== null) eachSelectedSample(profile, selection, stacks, (sample, row, thread) => { add(thread, row, values === null ? each : values[sample]!); });
  else {
    const merged = mergeSamples(profile, selection, stacks);
    for (let row = 0; row < merged.count; row++) add(merged.threadOf(row), merged.stackOf(row), merged.weightOf(row, selection.weight));
  }
  return threads;
}

function sum(weights: FloatColumn): number {
  let total = 0;
  for (let row = 0; row < weights.count; row++) total += weights.at(row);
  return total;
}
