// Whether a rules file says anything, found out with as little as can be loaded.
import { readFileSync, statSync } from 'node:fs';

let seen = '';
let answer = false;

/** False while the file is not there, or has no rules and drops nothing. What cannot be read is for the program to tell of. */
export function asksForAnything(path: string): boolean {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return false;
    const state = `${stats.ino} ${stats.mtimeMs} ${stats.size}`;
    if (state === seen) return answer;
    seen = state;
    const { rules, minSeverity } = JSON.parse(readFileSync(path, 'utf8')) as { readonly rules: readonly unknown[]; readonly minSeverity?: number };
    answer = rules.length > 0 || (minSeverity ?? 0) > 0;
  } catch {
    answer = true;
  }
  return answer;
}
