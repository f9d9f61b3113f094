// Any profile file: what it is, told by its content first and its name second, and read.
import { err, failure, ok, type Failure, type Result } from '../base/index.ts';
import { readChromeTrace } from './formats/chrome-trace/index.ts';
import { readCpuProfile } from './formats/cpuprofile/index.ts';
import { readFolded } from './formats/folded/index.ts';
import { readHeapProfile } from './formats/heapprofile/index.ts';
import { readOtlpProfiles } from './formats/otlp-profiles/index.ts';
import { readPerfScript } from './formats/perf-script/index.ts';
import { readPprof } from './formats/pprof/index.ts';
import { isGzip, sniff } from './formats/sniff/index.ts';
import { readSpeedscope } from './formats/speedscope/index.ts';
import type { Profile, ProfileFormat } from './model.ts';

export interface ReadOptions {
  /** The file's own name, for messages and where the content does not tell the format. */
  readonly fileName: string;
  /** Undoes gzip; throws an Error whose message says why it cannot, or that the result is too large. */
  readonly gunzip: (bytes: Uint8Array) => Uint8Array;
  /** Share read so far, 0 to 1. */
  readonly progress?: (share: number) => void;
}

type Importer = (bytes: Uint8Array, name: string, progress?: (share: number) => void) => Result<Profile | readonly Profile[]>;

const importers: Readonly<Record<ProfileFormat, Importer>> = {
  cpuprofile: readCpuProfile, 'chrome-trace': readChromeTrace, heapprofile: readHeapProfile, pprof: readPprof, 'perf-script': readPerfScript,
  folded: readFolded, speedscope: readSpeedscope, 'otlp-profiles': readOtlpProfiles,
};

/** At least one profile. Fails with `profile.unknown`, `profile.gzip`, `profile.empty`, `profile.truncated`, `profile.malformed` and the like. */
export function readProfile(bytes: Uint8Array, options: ReadOptions): Result<readonly Profile[]> {
  const { fileName, progress } = options;
  const plain = unzipped(bytes, options);
  if (!plain.ok) return plain;
  const format = sniff(plain.value, fileName.replace(/\.gz$/i, ''));
  if (!format.ok) return format;
  const read = importers[format.value](plain.value, fileName, progress);
  if (!read.ok) return err(named(read.error, fileName));
  progress?.(1);
  return ok(Array.isArray(read.value) ? read.value : [read.value as Profile]);
}

/** Every message says which file it is about. */
const named = (error: Failure, fileName: string): Failure => (error.message.startsWith(fileName) ? error : { ...error, message: `${fileName}: ${error.message}` });

/** Some tools zip a file that is zipped already; more than twice is no profile. */
function unzipped(bytes: Uint8Array, { fileName, gunzip }: ReadOptions): Result<Uint8Array> {
  let plain = bytes;
  for (let times = 0; times < 2 && isGzip(plain); times++) {
    try {
      plain = gunzip(plain);
    } catch (failed) {
      return failure('profile.gzip', `${fileName} is gzip, but cannot be unzipped: ${(failed as Error).message}.`, 'Copy the file again: its end may be missing. If it is too large, record for a shorter time.');
    }
  }
  return ok(plain);
}
