// Samples of a pprof profile: locations from the leaf on, one value a sample type, labels.
import type { ProfileBuilder } from '../../build/index.ts';
import { none } from '../../model.ts';
import type { LocationStacks } from '../locations/index.ts';
import { eachField, eachPacked, idAt, integerAt } from '../proto/index.ts';
import type { PprofTables } from './tables.ts';

/** Labels that profilers use for the thread a sample is from. */
const labelMeaning = new Map<string, 'threadName' | 'threadId' | 'processId' | 'time'>([
  ...['thread', 'thread name', 'thread_name', 'thread-name'].map((key) => [key, 'threadName'] as const),
  ...['thread id', 'thread_id', 'thread-id', 'tid'].map((key) => [key, 'threadId'] as const),
  ...['pid', 'process_id', 'process id'].map((key) => [key, 'processId'] as const),
  ['end_timestamp_ns', 'time'],
]);

/** `time`: nanoseconds after the file's own time. */
interface Labels { threadName: string; threadId: number | null; processId: number | null; time: number }

export class SampleReader {
  readonly #builder: ProfileBuilder;
  readonly #tables: PprofTables;
  readonly #stacks: LocationStacks;
  readonly #factors: readonly number[];
  /** Sample type that says how many samples were merged; -1 without one. */
  readonly #countType: number;
  readonly #locations: number[] = [];
  readonly #values = [] as number[];

  constructor(builder: ProfileBuilder, tables: PprofTables, stacks: LocationStacks, factors: readonly number[]) {
    this.#builder = builder;
    this.#tables = tables;
    this.#stacks = stacks;
    this.#factors = factors;
    this.#countType = tables.types.findIndex(({ type, unit }) => unit === 'count' && /^samples?$/.test(type));
  }

  /** Sample: location_id 1, value 2, label 3. */
  read(bytes: Uint8Array, from: number, to: number): void {
    const labels: Labels = { threadName: '', threadId: null, processId: null, time: NaN };
    const [locations, values] = [this.#locations, this.#values];
    locations.length = values.length = 0;
    eachField(bytes, from, to, (field) => {
      if (field.field === 1) eachPacked(field, (at) => { locations.push(this.#tables.locationRow(idAt(bytes, at))); });
      else if (field.field === 2) eachPacked(field, (at) => { values.push(integerAt(bytes, at)); });
      else if (field.field === 3) this.#readLabel(bytes, field.start, field.end, labels);
    });
    this.#add(labels);
  }

  #add({ threadName, threadId, processId, time }: Labels): void {
    const builder = this.#builder;
    builder.sample(this.#stack(), this.#thread(threadName, threadId, processId), time);
    for (let type = 0; type < this.#factors.length; type++) builder.weigh(type, (this.#values[type] ?? 0) * this.#factors[type]!);
    if (this.#countType >= 0) builder.counted(this.#values[this.#countType] ?? 0);
    if (this.#values.length !== this.#factors.length) builder.leaveOut('Samples with another number of values than there are types');
  }

  #stack(): number {
    let stack = none;
    for (let at = this.#locations.length - 1; at >= 0; at--) {
      const row = this.#locations[at]!;
      if (row < 0) this.#builder.leaveOut('Places in stacks that name a location that is not there, left out');
      else stack = this.#stacks.step(stack, row);
    }
    return stack;
  }

  #thread(name: string, threadId: number | null, processId: number | null): number {
    if (name === '' && threadId === null) return this.#builder.thread('all threads', processId);
    return this.#builder.thread(name === '' ? `thread ${threadId}` : name, processId, threadId);
  }

  /** Label: key 1, str 2, num 3, num_unit 4. */
  #readLabel(bytes: Uint8Array, from: number, to: number, labels: Labels): void {
    let [key, text, number, exact]: [number, number, number, number | bigint] = [0, 0, 0, 0];
    eachField(bytes, from, to, ({ field, start }) => {
      if (field === 1) key = integerAt(bytes, start);
      else if (field === 2) text = integerAt(bytes, start);
      else if (field === 3) { number = integerAt(bytes, start); exact = idAt(bytes, start); }
    });
    const value = text === 0 ? String(number) : this.#tables.string(text);
    const meaning = labelMeaning.get(this.#tables.string(key).toLowerCase());
    if (meaning === undefined) this.#builder.leaveOut('Labels of samples that name no thread, left out');
    else if (meaning === 'threadName') labels.threadName = value;
    else if (meaning === 'time') labels.time = Number(BigInt(exact) - this.#tables.timeNanos);
    else labels[meaning] = Number.isSafeInteger(Number(value)) ? Number(value) : null;
  }
}
