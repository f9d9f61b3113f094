// OTLP profiles, protobuf or JSON (one document, or one a line as the collector's file exporter writes): each profile of each message is a
// Profile with its one sample type as the weight. The dictionary's row 0 of each table stands for "not set".
import type { Result } from '../../../base/index.ts';
import { ProfileBuilder } from '../../build/index.ts';
import { none, type Profile } from '../../model.ts';
import { FormatFault, guarded, paced } from '../fault.ts';
import { asRecord, JsonScanner } from '../json/index.ts';
import { locationFrames, LocationStacks } from '../locations/index.ts';
import { unitOf } from '../units.ts';
import { decodeJson } from './decode-json.ts';
import { decodeProtobuf } from './decode-protobuf.ts';
import type { OtlpDictionary, OtlpMessage, OtlpProfileSource, OtlpSample } from './message.ts';

/** A JSON message is parsed as one value up to here; protobuf has no such bound. */
const maxJsonBytes = 256 * 1024 * 1024;

export function readOtlpProfiles(bytes: Uint8Array, name: string, progress?: (share: number) => void): Result<readonly Profile[]> {
  return guarded(name, 'OTLP profiles', () => {
    const tell = paced(bytes.length, progress);
    const profiles = messages(bytes, tell).flatMap((message) => message.profiles.map((source) => readProfile(name, message.dictionary, source)));
    const filled = profiles.filter((profile) => profile !== null);
    if (filled.length === 0) throw new FormatFault('empty', 'it holds no samples');
    return filled;
  });
}

function messages(bytes: Uint8Array, tell: (at: number) => void): readonly OtlpMessage[] {
  const scanner = new JsonScanner(bytes);
  if (!scanner.isObject) return [decodeProtobuf(bytes, tell)];
  const found: OtlpMessage[] = [];
  while (scanner.peek() >= 0) {
    found.push(decodeJson(asRecord(scanner.value(maxJsonBytes))));
    tell(scanner.at);
  }
  return found;
}

/** Null when it has no samples. */
function readProfile(name: string, dictionary: OtlpDictionary, { facts, eachSample }: OtlpProfileSource): Profile | null {
  const builder = new ProfileBuilder();
  const type = dictionary.string(facts.type) || 'samples';
  const { unit, unitText, factor } = unitOf(dictionary.string(facts.unit) || 'count');
  builder.weight(type, unit, unitText);
  const resource = new Map(facts.resource.map(({ key, value }) => [dictionary.string(key), dictionary.string(value)]));
  const samples = new SampleRows(builder, dictionary, resource, factor);
  eachSample((sample) => { samples.add(sample); });
  if (builder.sampleCount === 0) return null;
  const service = resource.get('service.name');
  return builder.finish({
    format: 'otlp-profiles', name: [name, service, type].filter(Boolean).join(' · '), ...(facts.timeUnixNano > 0n ? { startNanos: 0 } : {}),
    startUnixMs: facts.timeUnixNano > 0n ? Number(facts.timeUnixNano / 1000n) / 1000 : null, durationNanos: facts.durationNanos > 0 ? facts.durationNanos : null,
  });
}

class SampleRows {
  readonly #builder: ProfileBuilder;
  readonly #dictionary: OtlpDictionary;
  readonly #resource: ReadonlyMap<string, string>;
  readonly #factor: number;
  readonly #steps: LocationStacks;
  /** The builder's stack by the dictionary's. */
  readonly #stacks = new Map<number, number>();

  constructor(builder: ProfileBuilder, dictionary: OtlpDictionary, resource: ReadonlyMap<string, string>, factor: number) {
    const tables = {
      mappingFile: (mapping: number) => dictionary.string(dictionary.mappings[mapping] ?? 0),
      functionOf: (row: number) => functionOf(dictionary, row),
    };
    this.#builder = builder;
    this.#dictionary = dictionary;
    this.#resource = resource;
    this.#factor = factor;
    this.#steps = new LocationStacks(builder, (row) => locationFrames(builder, tables, dictionary.locations, row));
  }

  /** Values with times are one observation each; values alone are sums; times alone count 1 each. */
  add({ stack: row, attributes, values, times }: OtlpSample): void {
    const builder = this.#builder;
    const stack = this.#stack(row);
    const thread = this.#thread(attributes);
    const observations = times.length === 0 ? 1 : times.length;
    if (times.length > 0 && values.length > 0 && times.length !== values.length) builder.leaveOut('Samples with another number of times than values');
    for (let i = 0; i < observations; i++) {
      builder.sample(stack, thread, times.length === 0 ? NaN : times[i]!);
      const value = times.length === 0 ? values.reduce((sum, one) => sum + one, 0) : values.length === 0 ? 1 : values[i] ?? 0;
      builder.weigh(0, value * this.#factor);
    }
  }

  #stack(row: number): number {
    const known = this.#stacks.get(row);
    if (known !== undefined) return known;
    const { stacks, locations } = this.#dictionary;
    if (stacks.length === 0 && locations.count > 0) throw new FormatFault('unsupported', 'it has no table of stacks: it is of a draft before opentelemetry-proto 1.9', 'Record it again with a profiler or collector that writes opentelemetry-proto 1.9 or later.');
    let stack = none;
    if (stacks[row] === undefined) this.#builder.leaveOut('Samples of a stack that is not there');
    for (const location of (stacks[row] ?? []).toReversed()) {
      if (location >= 0 && location < locations.count) stack = this.#steps.step(stack, location);
      else this.#builder.leaveOut('Places in stacks that name a location that is not there, left out');
    }
    this.#stacks.set(row, stack);
    return stack;
  }

  #thread(attributes: readonly number[]): number {
    let [name, id, pid] = ['', '', this.#resource.get('process.pid') ?? ''];
    const dictionary = this.#dictionary;
    for (const row of attributes) {
      const attribute = dictionary.attributes[row];
      const key = attribute === undefined ? '' : dictionary.string(attribute.key);
      if (key === 'thread.name') name = dictionary.string(attribute!.value);
      else if (key === 'thread.id') id = dictionary.string(attribute!.value);
      else if (key === 'process.pid') pid = dictionary.string(attribute!.value);
      else this.#builder.leaveOut('Attributes of samples that name no thread, left out');
    }
    return this.#builder.thread(name || (id === '' ? 'all threads' : `thread ${id}`), wholeOrNull(pid), wholeOrNull(id));
  }
}

function functionOf(dictionary: OtlpDictionary, row: number): { name: string; file: string; line: number } | null {
  const found = dictionary.functions[row];
  return found === undefined ? null : { name: dictionary.string(found.name) || dictionary.string(found.systemName), file: dictionary.string(found.file), line: found.line };
}

const wholeOrNull = (text: string): number | null => (text !== '' && Number.isSafeInteger(Number(text)) ? Number(text) : null);
