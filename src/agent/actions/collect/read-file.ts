// Reads a chosen file, and only that one: what was opened must still be what the allow-list was asked about, whoever moves links meanwhile.
import { constants, open, readlink } from 'node:fs/promises';
import type { AgentProcess } from '../../../model/index.ts';
import type { Proc } from '../../processes/index.ts';
import { nameOf, problem, type Problem } from '../contract.ts';

/** Held whole while its text is redacted. */
export const mostFileBytes = 16 * 1024 * 1024;
/** Of a cut file without lines, so much at its beginning. */
const leadBytes = 64 * 1024;

/** `lead`: so many bytes, or characters of what is made of them, at the beginning are for the detectors only and go nowhere. */
export interface Tail { readonly bytes: Buffer; readonly lead: number; readonly cut: boolean; readonly modifiedUnixMs: number }

/** The end of it when it is longer, from the beginning of a line: there a log has its news, and half a line may be half a secret, which no
 *  detector knows. What has no lines is looked at from before where it begins. Rejects when it cannot be read. */
export async function readTail(real: string, mostBytes: number): Promise<Tail> {
  const file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    if (await readlink(`/proc/self/fd/${file.fd}`) !== real) throw new Error('it was replaced meanwhile');
    const { size, mtimeMs } = await file.stat();
    const length = Math.min(size, mostBytes);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const bytes = buffer.subarray(0, bytesRead);
    const cut = size > length;
    const whole = cut ? fromLine(bytes) : bytes;
    return { bytes: whole, lead: cut && !bytes.includes(0x0a) ? Math.min(whole.length, leadBytes) : 0, cut, modifiedUnixMs: mtimeMs };
  } finally {
    await file.close();
  }
}

/** Without the piece of a line at its beginning, and without the rest of a PEM block that began before: half of one is no secret to a detector. Of
 *  what has no lines, without the piece of a character. */
function fromLine(bytes: Buffer): Buffer {
  const line = bytes.indexOf(0x0a);
  if (line >= 0) return withoutHalfBlock(bytes.subarray(line + 1));
  const first = bytes.subarray(0, 4).findIndex((byte) => (byte & 0xc0) !== 0x80);
  return first < 0 ? bytes : bytes.subarray(first);
}

function withoutHalfBlock(bytes: Buffer): Buffer {
  const [begin, end] = [bytes.indexOf('-----BEGIN '), bytes.indexOf('-----END ')];
  if (end < 0 || (begin >= 0 && begin < end)) return bytes;
  const line = bytes.indexOf(0x0a, end);
  return line < 0 ? bytes.subarray(bytes.length) : bytes.subarray(line + 1);
}

/** Paths mean other files in a container, and links inside it cannot be followed safely from outside. */
export async function otherFiles(proc: Proc, process: AgentProcess | null): Promise<Problem | null> {
  const [mine, its] = process === null ? [null, null] : [await proc.link('self', 'ns/mnt'), await proc.link(process.pid, 'ns/mnt')];
  if (process === null || its === null || mine === its) return null;
  return problem('action.other-namespace', `${nameOf(process)} sees other files than Weir does (a container).`, 'Run an agent inside the container, or name no process for files of this machine.');
}
