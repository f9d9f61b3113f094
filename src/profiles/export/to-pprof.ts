// pprof's protobuf, not gzipped: every weight a sample type, threads as labels, one location a frame. Field numbers of
// https://github.com/google/pprof/blob/main/proto/profile.proto
import { ProtoWriter } from '../../base/index.ts';
import { none, type Profile, type WeightColumn } from '../model.ts';
import type { ProfileSelection } from '../tree/call-tree.ts';
import { mergeSamples, type MergedSamples } from './merged-samples.ts';
import { selectStacks, type SelectedStacks } from './selected-stacks.ts';

/** Weights are whole numbers there, so decimals are rounded; the weight of the selection is the one that tools show first. */
export function toPprof(profile: Profile, selection: ProfileSelection): Uint8Array {
  const stacks = selectStacks(profile, selection);
  return new PprofWriter(profile, stacks, mergeSamples(profile, selection, stacks)).write(selection);
}

interface Type { readonly name: string; readonly unit: string; readonly valueOf: (row: number) => number }

class PprofWriter {
  readonly #out = new ProtoWriter(64 * 1024);
  readonly #profile: Profile;
  readonly #stacks: SelectedStacks;
  readonly #merged: MergedSamples;
  readonly #strings = new Map<string, number>([['', 0]]);

  constructor(profile: Profile, stacks: SelectedStacks, merged: MergedSamples) {
    this.#profile = profile;
    this.#stacks = stacks;
    this.#merged = merged;
  }

  write({ weight }: ProfileSelection): Uint8Array {
    const out = this.#out;
    const types = this.#types();
    for (const { name, unit } of types) this.#integers(1, [this.#string(name), this.#string(unit)]);
    for (let row = 0; row < this.#merged.count; row++) this.#sample(row, types);
    this.#code();
    const first = this.#string(this.#profile.weights[weight]!.name);
    for (const text of this.#strings.keys()) out.stringField(6, text);
    const { startUnixMs, durationNanos } = this.#profile;
    if (startUnixMs !== null) { out.tag(9, 0); out.int64(BigInt(Math.round(startUnixMs * 1000)) * 1000n); }
    if (durationNanos !== null) { out.tag(10, 0); out.int64(Math.round(durationNanos)); }
    out.tag(14, 0);
    out.varint(first);
    return out.finish();
  }

  /** The number of samples goes first, unless a weight says it already. */
  #types(): readonly Type[] {
    const { weights } = this.#profile;
    const types = weights.map((weight, at) => ({ name: weight.name, unit: unitText(weight), valueOf: (row: number) => this.#merged.weightOf(row, at) }));
    const counted = weights.some(({ name, unit }) => name === 'samples' && unit === 'count');
    return counted ? types : [{ name: 'samples', unit: 'count', valueOf: (row) => this.#merged.samplesOf(row) }, ...types];
  }

  /** Sample: location_id 1 (the leaf first), value 2, label 3. */
  #sample(row: number, types: readonly Type[]): void {
    const out = this.#out;
    const sample = out.open(2);
    const locations = out.open(1);
    for (let at = this.#merged.stackOf(row); at !== none; at = this.#stacks.rows.first(at)) out.varint(this.#stacks.rows.second(at) + 1);
    out.close(locations);
    const values = out.open(2);
    for (const { valueOf } of types) out.int64(whole(valueOf(row)));
    out.close(values);
    this.#threadLabels(this.#merged.threadOf(row));
    out.close(sample);
  }

  /** Label: key 1, str 2, num 3. */
  #threadLabels(row: number): void {
    const { threads } = this.#profile;
    const thread = threads[row];
    if (thread === undefined || (threads.length === 1 && thread.threadId === null)) return;
    this.#integers(3, [this.#string('thread'), this.#string(thread.name)]);
    if (thread.threadId !== null) this.#integers(3, [this.#string('thread id'), 0, thread.threadId]);
    if (thread.processId !== null) this.#integers(3, [this.#string('pid'), 0, thread.processId]);
  }

  /** Location: id 1, line 4; Line: function_id 1, line 2. Function: id 1, name 2, system_name 3, filename 4, start_line 5. */
  #code(): void {
    const { frames, functions, strings } = this.#profile;
    const used = new Uint8Array(functions.count);
    for (const frame of this.#usedFrames()) {
      const called = frames.function[frame]!;
      used[called] = 1;
      const location = this.#out.open(4);
      this.#out.tag(1, 0);
      this.#out.varint(frame + 1);
      this.#integers(4, [called + 1, frames.line[frame]!]);
      this.#out.close(location);
    }
    for (let row = 0; row < functions.count; row++) {
      if (used[row] === 0) continue;
      const name = this.#string(strings[functions.name[row]!] ?? '');
      const file = functions.file[row] === none ? 0 : this.#string(strings[functions.file[row]!] ?? '');
      this.#integers(5, [row + 1, name, name, file, functions.line[row]!]);
    }
  }

  #usedFrames(): readonly number[] {
    const used = new Uint8Array(this.#profile.frames.count);
    for (let row = 0; row < this.#stacks.rows.count; row++) used[this.#stacks.rows.second(row)] = 1;
    const frames: number[] = [];
    used.forEach((one, frame) => { if (one === 1) frames.push(frame); });
    return frames;
  }

  /** A message whose fields 1, 2, … are integers; zeros are left out. */
  #integers(field: number, values: readonly number[]): void {
    const out = this.#out;
    const message = out.open(field);
    values.forEach((value, at) => {
      if (value === 0) return;
      out.tag(at + 1, 0);
      out.int64(value);
    });
    out.close(message);
  }

  #string(text: string): number {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    this.#strings.set(text, this.#strings.size);
    return this.#strings.size - 1;
  }
}

const unitText = ({ unit, unitText: text }: WeightColumn): string => (unit === 'other' ? text : unit);

/** Beyond 2^53 a sum has lost its last digits anyway. */
function whole(value: number): number | bigint {
  const rounded = Math.round(value);
  return Number.isSafeInteger(rounded) ? rounded : BigInt.asIntN(64, BigInt(rounded));
}
