// Functions of two profiles as one list: the same name in the same file is the same function. Another deployment has the same file elsewhere
// (releases/41, releases/42) or under another name (a bundle with a hash in it): same-files.ts finds it.
import { none, type FunctionTable, type Profile } from '../model.ts';
import { sameFiles } from './same-files.ts';

export interface MatchedFunctions {
  /** The profile of `now`, with the functions that only `before` has appended to `functions` and `strings`. */
  readonly profile: Profile;
  /** By each profile's function: the row in the list. Functions of one name and file on several lines share their first row. */
  readonly now: Int32Array;
  readonly before: Int32Array;
}

export function matchFunctions(now: Profile, before: Profile): MatchedFunctions {
  const rows = new Map<string, number>();
  const fileNow = sameFiles(now, before);
  const nowRows = new Int32Array(now.functions.count);
  for (let fn = 0; fn < nowRows.length; fn++) nowRows[fn] = rowOf(rows, keyOf(now, fn, null), fn);
  const beforeRows = new Int32Array(before.functions.count);
  const added: number[] = [];
  for (let fn = 0; fn < beforeRows.length; fn++) {
    const next = now.functions.count + added.length;
    beforeRows[fn] = rowOf(rows, keyOf(before, fn, fileNow), next);
    if (beforeRows[fn] === next) added.push(fn);
  }
  return { profile: added.length === 0 ? now : withAdded(now, before, added), now: nowRows, before: beforeRows };
}

/** fileNow: what the file is called in the other profile, where that differs. */
function keyOf({ functions, strings }: Profile, fn: number, fileNow: ReadonlyMap<string, string> | null): string {
  const file = functions.file[fn] === none ? '' : strings[functions.file[fn]!]!;
  return `${strings[functions.name[fn]!]!}\0${fileNow?.get(file) ?? file}`;
}

function rowOf(rows: Map<string, number>, key: string, next: number): number {
  const known = rows.get(key);
  if (known === undefined) rows.set(key, next);
  return known ?? next;
}

function withAdded(now: Profile, before: Profile, added: readonly number[]): Profile {
  const strings = [...now.strings];
  const rows = new Map(strings.map((text, row) => [text, row]));
  const stringRow = (row: number): number => {
    if (row === none) return none;
    const at = rowOf(rows, before.strings[row]!, strings.length);
    if (at === strings.length) strings.push(before.strings[row]!);
    return at;
  };
  const extended = (column: keyof Omit<FunctionTable, 'count'>, map: (value: number) => number): Int32Array =>
    Int32Array.from({ length: now.functions.count + added.length }, (_, fn) => (fn < now.functions.count ? now.functions[column][fn]! : map(before.functions[column][added[fn - now.functions.count]!]!)));
  const same = (value: number): number => value;
  return {
    ...now, strings,
    functions: { count: now.functions.count + added.length, name: extended('name', stringRow), file: extended('file', stringRow), line: extended('line', same), column: extended('column', same), package: extended('package', stringRow) },
  };
}
