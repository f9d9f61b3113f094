// Where the files stand, as it is on disk. Version 1; anything else is as if there was nothing.
import { z } from 'zod';
import { noFingerprint } from './fingerprint.ts';

const filePosition = z.object({
  path: z.string(), key: z.string(), offset: z.number().int().min(0), skip: z.enum(['line', 'record']).nullable(), format: z.enum(['json', 'logfmt', 'plain', 'cri', 'docker']).nullable(),
  fingerprint: z.object({ bytes: z.number().int().min(0), hash: z.string() }).default(noFingerprint), /** When it was last seen. */ seenUnixMs: z.number(),
  /** When it was last written to, as the last look found it: nanoseconds since the epoch. */ writtenNs: z.string().regex(/^\d{1,20}$/).nullable().default(null),
  /** The file that has to be read before it. */ after: z.string().nullable().default(null), /** It lost its name and was read to its end: whoever finds it gone misses nothing. */ isDone: z.boolean().default(false),
});
export type FilePosition = z.infer<typeof filePosition>;
const positionFile = z.object({ version: z.literal(1), files: z.array(filePosition) });

/** Null when there is none: every file is new to the probe. */
export function readPositions(json: unknown): FilePosition[] | null {
  const read = positionFile.safeParse(json);
  return read.success ? read.data.files : null;
}

const [mostPositions, keptMs] = [10_000, 7 * 86_400_000];

/** As JSON; of files that are gone the newest, for a week: they may come back with a mount. */
export const writePositions = (files: readonly FilePosition[], nowUnixMs: number): unknown =>
  ({ version: 1, files: files.filter(({ seenUnixMs }) => nowUnixMs - seenUnixMs < keptMs).toSorted((a, b) => b.seenUnixMs - a.seenUnixMs).slice(0, mostPositions) });
