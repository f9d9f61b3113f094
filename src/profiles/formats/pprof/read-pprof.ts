// pprof's protobuf, not gzipped: Go, pprof-rs, py-spy, Parca, async-profiler, Datadog and many more. Every sample type is a weight;
// labels that name a thread make threads. https://github.com/google/pprof/blob/main/proto/profile.proto
import type { Result } from '../../../base/index.ts';
import { ProfileBuilder } from '../../build/index.ts';
import type { Profile } from '../../model.ts';
import { FormatFault, guarded, paced } from '../fault.ts';
import { locationFrames, LocationStacks } from '../locations/index.ts';
import { eachField } from '../proto/index.ts';
import { unitOf } from '../units.ts';
import { SampleReader } from './sample-reader.ts';
import { PprofTables } from './tables.ts';

export function readPprof(bytes: Uint8Array, name: string, progress?: (share: number) => void): Result<Profile> {
  return guarded(name, 'a pprof profile', () => {
    const tables = new PprofTables();
    const half = (base: number) => progress && ((share: number) => { progress(base + share / 2); });
    tables.read(bytes, paced(bytes.length, half(0)));
    if (tables.types.length === 0) throw new FormatFault('malformed', 'it names no type of its samples');
    if (tables.strings.length === 0) throw new FormatFault('truncated', `it has no table of texts up to its end at byte ${bytes.length}`);
    return readSamples(bytes, name, tables, paced(bytes.length, half(0.5)));
  });
}

function readSamples(bytes: Uint8Array, name: string, tables: PprofTables, tell: (at: number) => void): Profile {
  const builder = new ProfileBuilder();
  const factors = tables.types.map(({ type, unit }) => {
    const known = unitOf(unit);
    builder.weight(type || unit || 'value', known.unit, known.unitText);
    return known.factor;
  });
  const stacks = new LocationStacks(builder, (row) => locationFrames(builder, tables, tables.locations, row));
  const reader = new SampleReader(builder, tables, stacks, factors);
  eachField(bytes, 0, bytes.length, ({ field, start, end }) => {
    if (field === 2) { reader.read(bytes, start, end); tell(end); }
  });
  if (builder.sampleCount === 0) throw new FormatFault('empty', 'it holds no samples');
  const { timeNanos, durationNanos, defaultType } = tables;
  return builder.finish({ format: 'pprof', name, defaultWeight: defaultType, ...(timeNanos > 0n ? { startNanos: 0, startUnixMs: Number(timeNanos / 1000n) / 1000 } : {}), durationNanos: durationNanos > 0 ? durationNanos : null });
}
