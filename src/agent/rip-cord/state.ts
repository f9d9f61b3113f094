// Which cords are pulled, on disk: a restart keeps it. A file that cannot be read counts as pulled: whoever pulled it meant it.
import { z } from 'zod';
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import { ripCordPull, type RipCordReport } from '../../model/index.ts';
import type { Files } from '../ports/index.ts';

export type RipCordPull = RipCordReport['pulls'][number];
export interface RipCordState { readonly server: RipCordPull | null; readonly machine: RipCordPull | null; /** The last order of the machine's own that was carried out. */ readonly handled: string }

export const stateFile = 'rip-cord.json';
const stored = z.object({ version: z.literal(1), server: ripCordPull.nullable(), machine: ripCordPull.nullable(), handled: z.string() });

export async function readState(files: Pick<Files, 'read'>, nowUnixMs: number): Promise<RipCordState> {
  const file = await files.read(stateFile);
  if (file.ok && file.value === null) return { server: null, machine: null, handled: '' };
  const read = file.ok ? stored.safeParse(jsonOf(decodeUtf8(file.value!))) : null;
  if (read?.success === true) return read.data;
  return { server: null, machine: { from: 'machine', by: 'the agent', atUnixMs: nowUnixMs, reason: `${stateFile} cannot be read, so nobody knows whether the cord was pulled. Release it with: weir agent ripcord --release` }, handled: '' };
}

/** Empty when it is on disk, else why it is not. */
export async function writeState(files: Pick<Files, 'writeAtomically'>, state: RipCordState): Promise<string> {
  const written = await files.writeAtomically(stateFile, encodeUtf8(JSON.stringify({ version: 1, ...state })));
  return written.ok ? '' : written.error.message;
}

function jsonOf(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}
