// Which files may be read: those that an allow-list of this machine names. Only that list is walked; what was asked for chooses among what it
// names, so that nobody can have the whole disk searched. A symbolic link counts as the file that it leads to, which must be on the list as well.
import { realpath, stat } from 'node:fs/promises';
import type { Run } from '../contract.ts';
import { throwIfAborted } from '../wait.ts';
import { compiled, isLiteral, matches, type Pattern } from './pattern.ts';
import { Walk } from './walk.ts';

export interface Chosen {
  /** `real`: where links lead. */
  readonly files: readonly { readonly path: string; readonly real: string }[];
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
  /** Files and folders looked at, when that was the bound and not the end. */
  readonly stoppedAfter: number | null;
}

const [mostFiles, mostSkipped] = [2000, 200];

/** `asked`: all of the list when left out. `cwd`: null when nothing says where relative paths begin. */
export async function chooseFiles(allowed: readonly string[], asked: readonly string[] | undefined, cwd: string | null, signal: AbortSignal): Promise<Chosen> {
  const list = allowed.flatMap((pattern) => compiled(pattern, cwd));
  const wanted = asked?.map((text) => ({ text, patterns: compiled(text, cwd), found: false }));
  const [walk, files, skipped] = [new Walk(signal), new Map<string, string>(), new Map<string, string>()];
  for (const pattern of list) {
    for await (const path of walk.files(pattern)) {
      if (files.has(path) || skipped.has(path)) continue;
      const askers = wanted?.filter(({ patterns }) => patterns.some((one) => matches(one, path)));
      if (askers?.length === 0) continue;
      for (const one of askers ?? []) one.found = true;
      const found = await fileAt(path, list);
      if (found === null) continue;
      if ('why' in found) skipped.set(path, found.why);
      else if (files.size < mostFiles) files.set(path, found.real);
      else skipped.set(path, `more than ${mostFiles} files`);
      if (files.size + skipped.size > mostFiles + mostSkipped) { walk.stop(); break; }
    }
  }
  for (const one of wanted ?? []) if (!one.found) skipped.set(nameOf(one), whyNot(one.patterns, list));
  throwIfAborted(signal);
  return { files: [...files].map(([path, real]) => ({ path, real })).toSorted((a, b) => (a.path < b.path ? -1 : 1)), skipped: [...skipped].slice(-mostSkipped).map(([path, why]) => ({ path, why })), stoppedAfter: walk.stoppedAfter };
}

const nameOf = ({ text, patterns: [first] }: { readonly text: string; readonly patterns: readonly Pattern[] }): string => (first !== undefined && isLiteral(first) ? first.path : text);

/** Says nothing of whether a file is there that nobody may ask for. */
function whyNot(asked: readonly Pattern[], list: readonly Pattern[]): string {
  const isOnList = asked.some((one) => isLiteral(one) && list.some((pattern) => matches(pattern, one.path)));
  if (isOnList) return 'no such file, or it may not be read';
  return asked.every((one) => isLiteral(one)) ? 'not on the list of this machine (actions-policy.json)' : 'no file on the list of this machine (actions-policy.json) is meant by it';
}

/** Null for what is no file. */
async function fileAt(path: string, list: readonly Pattern[]): Promise<{ readonly real: string } | { readonly why: string } | null> {
  try {
    const real = await realpath(path);
    if (real !== path && !list.some((pattern) => matches(pattern, real))) return { why: `leads to ${real}, which is not on the list of this machine` };
    return (await stat(real)).isFile() ? { real } : null;
  } catch (failed) {
    return { why: `cannot be read (${(failed as NodeJS.ErrnoException).code ?? 'unknown'})` };
  }
}

export function tellStopped({ stoppedAfter }: Chosen, run: Run): void {
  if (stoppedAfter !== null) run.note(`The search ended after ${stoppedAfter} files and folders: the list of this machine names more. There may be files that were not found.`);
}
