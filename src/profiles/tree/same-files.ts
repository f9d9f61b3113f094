// Files of two deployments that are one file: equal but for releases and hashes, or with the same last folders, and of the same package.
// Only where one file on either side can be meant. Linear in the lengths of the paths.
import { none, type Profile } from '../model.ts';
import { steadyParts } from '../release-path.ts';

/** How many of the last parts have to be equal, the surest first; all of them at first. */
const lengths = [Infinity, 5, 4, 3, 2] as const;

interface File { readonly path: string; readonly package: string; readonly parts: readonly string[] }

/** By file of `before` that `now` does not have: what it is called there. */
export function sameFiles(now: Profile, before: Profile): ReadonlyMap<string, string> {
  const [nowFiles, beforeFiles] = [filesOf(now), filesOf(before)];
  const found = new Map<string, string>();
  let [left, right] = [without(nowFiles, beforeFiles), without(beforeFiles, nowFiles)];
  for (const length of lengths) {
    const theirs = byEnd(left, length);
    const taken = new Set<string>();
    for (const [key, file] of byEnd(right, length)) {
      const same = file === null ? null : theirs.get(key) ?? null;
      if (file === null || same === null) continue;
      found.set(file.path, same.path);
      taken.add(same.path);
    }
    left = left.filter(({ path }) => !taken.has(path));
    right = right.filter(({ path }) => !found.has(path));
  }
  return found;
}

function filesOf({ functions, strings }: Profile): ReadonlyMap<string, File> {
  const files = new Map<string, File>();
  for (let fn = 0; fn < functions.count; fn++) {
    const path = functions.file[fn] === none ? '' : strings[functions.file[fn]!]!;
    if (path !== '' && !files.has(path)) files.set(path, { path, package: strings[functions.package[fn]!] ?? '', parts: steadyParts(path) });
  }
  return files;
}

const without = (files: ReadonlyMap<string, File>, others: ReadonlyMap<string, File>): readonly File[] => [...files.values()].filter(({ path }) => !others.has(path));

/** Null where several files end so. Files shorter than that have no such end. */
function byEnd(files: readonly File[], length: number): ReadonlyMap<string, File | null> {
  const ends = new Map<string, File | null>();
  for (const file of files) {
    if (Number.isFinite(length) && file.parts.length < length) continue;
    const key = `${file.package}\0${file.parts.slice(-Math.min(length, file.parts.length)).join('/')}`;
    ends.set(key, ends.has(key) ? null : file);
  }
  return ends;
}
