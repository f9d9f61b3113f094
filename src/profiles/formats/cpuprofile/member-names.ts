// The members of a .cpuprofile that are read (Chrome DevTools protocol, `Profiler.Profile`, and the flat nodes of older files). A writer
// keeps the order of its members, so the key that came after this one the last time is tried first; no key becomes a string.
import { encodeUtf8 } from '../../../base/index.ts';
import type { JsonBytes } from './json-bytes.ts';

const names = ['nodes', 'samples', 'timeDeltas', 'startTime', 'endTime', 'id', 'callFrame', 'hitCount', 'children', 'parent', 'positionTicks', 'functionName', 'url', 'lineNumber', 'columnNumber', 'line', 'ticks'] as const;
export type MemberName = (typeof names)[number];

const spellings = names.map((name) => { const bytes = encodeUtf8(name); return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength); });

export class MemberReader {
  /** By row of `names`, one more for the start: the row that followed. */
  readonly #next = new Int8Array(names.length + 1);
  #last: number = names.length;

  /** Reads a key and its colon: its name, null when it is none of ours. */
  read(json: JsonBytes): MemberName | null {
    const guess = this.#next[this.#last]!;
    const row = taken(json, guess) ? guess : rowOf(json);
    json.colon();
    if (row < 0) return null;
    this.#next[this.#last] = row;
    this.#last = row;
    return names[row as 0];
  }
}

const taken = (json: JsonBytes, row: number): boolean => json.takeString(spellings[row]!);

function rowOf(json: JsonBytes): number {
  for (let row = 0; row < names.length; row++) if (taken(json, row)) return row;
  json.takeText();
  return json.escaped ? names.findIndex((name) => name === json.text()) : -1;
}
