// A profile written for another tool.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { toFolded, toPprof, toSpeedscope, type Profile, type ProfileSelection } from '../../profiles/index.ts';
import { CommandFailure } from '../failure.ts';

export type ExportFormat = 'pprof' | 'folded' | 'speedscope';

/** pprof is gzipped, as its readers expect of a file. `-` is standard output. */
export async function exportProfile(profile: Profile, selection: ProfileSelection, format: ExportFormat, out: string): Promise<void> {
  const chunks = format === 'pprof' ? [gzipSync(toPprof(profile, selection))] : format === 'folded' ? toFolded(profile, selection) : toSpeedscope(profile, selection);
  try {
    await pipeline(Readable.from(chunks), out === '-' ? process.stdout : createWriteStream(out), { end: out !== '-' });
  } catch (failed) {
    throw new CommandFailure({ code: 'cli.cannot-write', message: `Cannot write ${out}: ${(failed as Error).message}.`, help: 'Check the path and the free space; --out - writes to standard output.' });
  }
}
