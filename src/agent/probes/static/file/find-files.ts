// The files that the probe is asked for and this machine's owner allows, with what tells them apart.
import { basename } from 'node:path';
import { stat } from 'node:fs/promises';
import { failure, ok, type Result } from '../../../../base/index.ts';
import type { StaticPorts } from '../../contract.ts';
import { chooseFiles, compiled, isLiteral, matches } from '../../../actions/index.ts';
import { keyOf, type FileKey } from './open-file.ts';
import { isCompressed } from './siblings.ts';

export interface Place { readonly key: FileKey; /** As asked for. */ readonly path: string; /** Where links lead. */ readonly real: string; readonly size: number; readonly name: string }
export interface FoundFiles { readonly places: ReadonlyMap<FileKey, Place>; /** Of what was asked: not on the list of this machine. */ readonly refused: readonly string[]; readonly stoppedAfter: number | null }

/** One file by two names is one file, by the first. Compressed ones are no text. */
export async function findFiles(asked: readonly string[], allowedFiles: StaticPorts['allowedFiles'], signal: AbortSignal): Promise<Result<FoundFiles>> {
  const allowed = await allowedFiles();
  if (!allowed.ok) return allowed;
  const { files, stoppedAfter } = await chooseFiles(allowed.value, asked, null, signal);
  const places = new Map<FileKey, Place>();
  for (const { path, real } of files) {
    const found = isCompressed(path) || isCompressed(real) ? null : await stat(real, { bigint: true }).catch(() => null);
    if (found === null || places.has(keyOf(found))) continue;
    places.set(keyOf(found), { key: keyOf(found), path, real, size: Number(found.size), name: basename(path) });
  }
  return ok({ places, refused: refusedOf(asked, allowed.value, files.map(({ path }) => path)), stoppedAfter });
}

/** A pattern that found nothing yet may still find something when the list has it, or has more than it. */
function refusedOf(asked: readonly string[], allowed: readonly string[], found: readonly string[]): string[] {
  const list = allowed.flatMap((text) => compiled(text, null));
  return asked.filter((text) => {
    const patterns = compiled(text, null);
    const isListed = patterns.some((one) => list.some((pattern) => matches(pattern, one.path)));
    return !isListed && !found.some((path) => patterns.some((one) => !isLiteral(one) && matches(one, path)));
  });
}

export const notAllowed = (refused: readonly string[]): Result<never> => failure('probe.not-allowed', `This machine does not allow to read ${refused.slice(0, 5).join(', ')}.`, 'Its owner adds the files to `files` in actions-policy.json, in the data directory of the agent.');
