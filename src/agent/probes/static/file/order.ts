// In which order files that had one name are read: the older first.
import type { Follower } from './follower.ts';

/** `file` is read when `older` is. Whoever waits for it already is not waited for. */
export function comesAfter(file: Follower, older: Follower): void {
  if (file === older || file.before === older || waitsFor(older, file)) return;
  [older.isCaughtUp, file.before] = [false, older];
  older.hint();
}

function waitsFor(file: Follower, other: Follower): boolean {
  const seen = new Set<Follower>();
  for (let at = file.before; at !== null && !seen.has(at); at = at.before) {
    if (at === other) return true;
    seen.add(at);
  }
  return false;
}
