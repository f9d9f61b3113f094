// The line that begins a sample of `perf script`: "comm  pid/tid [cpu] seconds.micros:  period event: ", of which `-F` may leave out any
// part. The name of a thread may hold spaces, so the line is read from its time or its event backwards. Linear in the line's length.

export interface PerfHeader {
  /** '' when the line does not tell. */
  readonly comm: string;
  readonly pid: number | null;
  readonly tid: number | null;
  /** NaN when the line does not tell. */
  readonly seconds: number;
  /** NaN when the line does not tell. */
  readonly period: number;
  readonly event: string;
  /** What follows the event on the same line: the address and symbol of a recording without call graphs; '' otherwise. */
  readonly rest: string;
}

const maxHeader = 4096;
const time = /^\d+\.\d+:$/;
const ids = /^(?:-?\d+|-?\d+\/-?\d+)$/;
const whole = /^\d+$/;
const cpu = /^\[\d+\]$/;
export const address = /^[0-9a-f]{3,16}$/;

/** Null when the line does not begin a sample. */
export function perfHeader(line: string): PerfHeader | null {
  const words = line.slice(0, maxHeader).trim().split(/\s+/);
  const timeAt = words.findIndex((word) => time.test(word));
  const idsAt = timeAt >= 0 ? idsBefore(words, timeAt) : firstIds(words);
  if (timeAt < 0 && idsAt < 0) return null;
  const { pid, tid } = idsAt < 0 ? { pid: null, tid: null } : readIds(words[idsAt]!);
  const comm = words.slice(0, idsAt >= 0 ? idsAt : timeAt).filter((word, at, all) => at < all.length - 1 || !cpu.test(word)).join(' ');
  const after = words.slice(timeAt >= 0 ? timeAt + 1 : idsAt + 1 + (cpu.test(words[idsAt + 1] ?? '') ? 1 : 0));
  return { comm, pid, tid, seconds: timeAt >= 0 ? Number(words[timeAt]!.slice(0, -1)) : NaN, ...periodAndEvent(after) };
}

/** "  250000 cpu-clock:u: " and what follows. */
function periodAndEvent(words: readonly string[]): Pick<PerfHeader, 'period' | 'event' | 'rest'> {
  let at = 0;
  let period = NaN;
  if (whole.test(words[0] ?? '') && (words[1] ?? '').endsWith(':')) period = Number(words[at++]);
  const event = (words[at] ?? '').endsWith(':') ? words[at++]!.replace(/:+$/, '') : '';
  return { period, event, rest: words.slice(at).join(' ') };
}

function idsBefore(words: readonly string[], end: number): number {
  for (let at = end - 1; at >= 0; at--) if (ids.test(words[at]!)) return at;
  return -1;
}

/** Without a time: the first ids with a cpu, a period with its event, an event, an address or nothing after them. */
function firstIds(words: readonly string[]): number {
  return words.findIndex((word, at) => {
    const next = words[at + 1];
    return ids.test(word) && (next === undefined || cpu.test(next) || next.endsWith(':') || (whole.test(next) && (words[at + 2] ?? '').endsWith(':')) || (next.length > 3 && address.test(next)));
  });
}

/** One number alone is the thread's. */
function readIds(word: string): { readonly pid: number | null; readonly tid: number | null } {
  const [first, second] = word.split('/').map(Number);
  return second === undefined ? { pid: null, tid: first! } : { pid: first!, tid: second };
}
