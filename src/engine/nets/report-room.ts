// How long a report may become. Lengths are estimates of its JSON, from above as long as its texts hold few characters that JSON must escape.
import type { ArmedNet } from '../../model/index.ts';

/** Characters of one agent's report of all its nets, each second. JSON may make six of one character, UTF-8 three: a server takes 8 MiB. */
export const mostReportChars = 2 ** 20;

/** Of a line without its texts. */
export const sizes = { event: 170, key: 130, wait: 80, guard: 110, record: 50, training: 120, value: 80, state: 24, ready: 40, net: 420 } as const;
type Lines = Pick<ArmedNet, 'events' | 'keys' | 'guards' | 'lastRecords' | 'training'>;

const textsOf = (...texts: readonly (string | undefined)[]): number => texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
/** Characters of one line of each kind. */
export const lineChars = {
  events: ({ key, from, to, state, action, actionId, because }: Lines['events'][number]): number => sizes.event + textsOf(key, from, to, state, action, actionId, because),
  keys: ({ key, state, waits }: Lines['keys'][number]): number => sizes.key + textsOf(key, state) + waits.reduce((sum, { to, text }) => sum + sizes.wait + textsOf(to, text), 0),
  guards: ({ state, to, text }: Lines['guards'][number]): number => sizes.guard + textsOf(state, to, text),
  lastRecords: ({ key, text }: Lines['lastRecords'][number]): number => sizes.record + textsOf(key, text),
  training: ({ name, text, by, values }: Lines['training'][number]): number => sizes.training + textsOf(name, text, ...by) + by.length * 3 + values.reduce((sum, { key }) => sum + sizes.value + key.length, 0),
} as const satisfies { readonly [K in keyof Lines]: (line: Lines[K][number]) => number };

/** Without its lines. */
export function headChars({ rule: { id, name }, states, lastError, limits: { readyUnixMs } }: Pick<ArmedNet, 'rule' | 'states' | 'lastError' | 'limits'>): number {
  const named = (names: readonly string[], each: number): number => names.reduce((sum, one) => sum + each + one.length, 0);
  return sizes.net + textsOf(id, name, lastError ?? undefined) + named(Object.keys(states), sizes.state) + named(Object.keys(readyUnixMs), sizes.ready);
}

export function netChars(net: ArmedNet): number {
  const { events, keys, guards, lastRecords, training } = net;
  const all = <T>(lines: readonly T[], chars: (line: T) => number): number => lines.reduce((sum, line) => sum + chars(line), 0);
  return headChars(net) + all(events, lineChars.events) + all(keys, lineChars.keys) + all(guards, lineChars.guards) + all(lastRecords, lineChars.lastRecords) + all(training, lineChars.training);
}

/** What is left of a net's share. What one kind of lines does not need the next may take. */
export class ReportRoom {
  #left: number;
  cut = 0;

  constructor(chars: number) { this.#left = chars; }

  /** How many lines there can be room for at all, of `least` characters each: more need not be made. */
  atMost(share: number, least: number): number { return Math.max(0, Math.floor((this.#left * share) / least)); }

  /** The first lines for which there is room, `share` of what is left at most; the others are counted. */
  take<T>(lines: readonly T[], share: number, chars: (line: T) => number): T[] {
    let room = Math.max(0, this.#left * share);
    let count = 0;
    for (; count < lines.length; count++) {
      const needs = chars(lines[count]!);
      if (needs > room) break;
      room -= needs;
      this.#left -= needs;
    }
    this.cut += lines.length - count;
    return lines.slice(0, count);
  }
}

/** Those nets, from the first on, for which there is room, and how many are left out. */
export function withinRoom(nets: readonly ArmedNet[], chars = mostReportChars): { readonly nets: readonly ArmedNet[]; readonly leftOut: number } {
  let left = chars;
  const count = nets.findIndex((net) => (left -= netChars(net)) < 0);
  return count < 0 ? { nets, leftOut: 0 } : { nets: nets.slice(0, count), leftOut: nets.length - count };
}
