// Functions and call paths in an address. A function's key is a hash of its name, file and line, so that a link still finds it in another
// reading of the same file, and mostly in another profile of the same program. A path is keys from the root on, runs of one key as "key*4".
import type { ProfileNames } from '../../../flame/index.ts';

const longestPath = 400;

/** FNV-1a of UTF-16 units, in base 36. */
export function functionKey(names: ProfileNames, row: number): string {
  let hash = 0x811c9dc5;
  for (const char of `${names.name(row)}\n${names.file(row)}\n${names.line(row)}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Key to row; of two functions with one key the first. Reads every name, so it is made when a link needs it. */
export function functionRows(names: ProfileNames): (key: string) => number | null {
  let rows: Map<string, number> | null = null;
  return key => {
    if (rows === null) {
      rows = new Map();
      for (let row = names.count - 1; row >= 0; row--) rows.set(functionKey(names, row), row);
    }
    return rows.get(key) ?? null;
  };
}

/** @param path rows of functions, outermost first. */
export function pathText(names: ProfileNames, path: readonly number[]): string {
  const runs: { key: string; times: number }[] = [];
  for (const row of path.slice(-longestPath)) {
    const key = functionKey(names, row);
    const last = runs.at(-1);
    if (last?.key === key) last.times++; else runs.push({ key, times: 1 });
  }
  return runs.map(({ key, times }) => (times === 1 ? key : `${key}*${times}`)).join('.');
}

/** Null when the text is no path, or names a function that is not there. */
export function pathRows(rowOf: (key: string) => number | null, text: string): readonly number[] | null {
  const path: number[] = [];
  for (const part of text.split('.')) {
    const [key = '', times = '1'] = part.split('*');
    const row = rowOf(key);
    const count = Number(times);
    if (row === null || !Number.isInteger(count) || count < 1 || path.length + count > longestPath) return null;
    for (let i = 0; i < count; i++) path.push(row);
  }
  return path;
}
