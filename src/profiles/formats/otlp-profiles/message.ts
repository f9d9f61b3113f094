// What an OTLP ProfilesData says, whichever encoding it came in: tables by row and profiles whose samples point into them. Layout of
// opentelemetry-proto v1.9 and later (stack_table); https://github.com/open-telemetry/opentelemetry-proto, profiles/v1development.
import { noLocations, type LocationColumns } from '../locations/index.ts';

export interface OtlpFunction { readonly name: number; readonly systemName: number; readonly file: number; readonly line: number }
/** Text as it is, or a row of the dictionary's strings: profiles may write either, and the dictionary may come last. */
export type OtlpText = string | number;
export interface OtlpAttribute { readonly key: OtlpText; readonly value: OtlpText }

export class OtlpDictionary {
  readonly strings: string[] = [];
  /** File name by mapping: a row of strings. */
  readonly mappings: number[] = [];
  readonly locations: LocationColumns & { count: number } = noLocations();
  readonly functions: OtlpFunction[] = [];
  readonly attributes: OtlpAttribute[] = [];
  /** Rows of locations, the leaf first. */
  readonly stacks: (readonly number[])[] = [];

  string(text: OtlpText): string { return typeof text === 'string' ? text : this.strings[text] ?? ''; }
}

export interface OtlpSample {
  readonly stack: number;
  readonly attributes: readonly number[];
  readonly values: readonly number[];
  /** Nanoseconds after the profile's own time; as many as values, or instead of them. */
  readonly times: readonly number[];
}

export interface OtlpProfile {
  readonly type: number;
  readonly unit: number;
  readonly timeUnixNano: bigint;
  readonly durationNanos: number;
  /** Of the resource: `service.name`, `process.pid` and others. */
  readonly resource: readonly OtlpAttribute[];
}

/** Where a decoder gives what it finds: a profile, then its samples. */
export type OnSample = (sample: OtlpSample) => void;
/** One profile of a message: facts, and a way through its samples that may be taken once the dictionary is read. */
export interface OtlpProfileSource { readonly facts: OtlpProfile; readonly eachSample: (visit: OnSample) => void }
export interface OtlpMessage { readonly dictionary: OtlpDictionary; readonly profiles: readonly OtlpProfileSource[] }
