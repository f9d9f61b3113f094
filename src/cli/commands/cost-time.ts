// Times as rows give them, and how much time they cover in all.

/** Unix nanoseconds of ISO 8601, or of a number of Unix nanoseconds, microseconds, milliseconds or seconds, told apart by size. */
export function timeOf(value: unknown): bigint | undefined {
  const time = anyTimeOf(value);
  return time === undefined || time <= 0n || time > lastTime ? undefined : time;
}

/** What 63 bits hold: in the year 2262. */
const lastTime = 2n ** 63n - 1n;

function anyTimeOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string') return textTime(value);
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return undefined;
  const scale = value > 1e17 ? 1 : value > 1e14 ? 1e3 : value > 1e11 ? 1e6 : 1e9;
  // Nanoseconds of today are beyond what a number holds exactly: whole and fraction go apart.
  const whole = Math.floor(value);
  return BigInt(whole) * BigInt(scale) + BigInt(Math.round((value - whole) * scale));
}

function textTime(value: string): bigint | undefined {
  if (value.length > 64) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return anyTimeOf(Number(value));
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) return undefined;
  // Date.parse keeps milliseconds; the digits beyond them are added back.
  const digits = /\.(\d{4,9})/.exec(value)?.[1];
  return BigInt(ms) * 1_000_000n + (digits === undefined ? 0n : BigInt(digits.padEnd(9, '0').slice(3)));
}

const dayNanos = 86_400_000_000_000n;
/** Days that times fall on, at most: other times are as good as none. */
const mostDays = 10_000;
/** Before that, a clock was not set. */
const leastDay = Date.UTC(2000, 0, 1) / 86_400_000;
/** Times apart from all others are odd when they are fewer than this share of all, and this many times as far away as the others, or a day, reach. */
const oddShare = 0.1;
const oddDistance = 10;

interface Day { readonly day: number; count: number; first: bigint; last: bigint }

/** What records' times span, in Unix nanoseconds; null when none has a time. `odd`: how many have none, or one far from all others, of which one clock that was
 *  not set would make a rate of nothing; `example` is such a time. */
export interface TimeSpan { readonly first: bigint; readonly last: bigint; readonly odd: number; readonly example: bigint | null }

/** Takes times one by one; what it holds is a few numbers a day. */
export class TimeSpans {
  readonly #days = new Map<number, Day>();
  #without = 0;

  /** @param time Unix nanoseconds; anything else is none. */
  note(time: unknown): void {
    if (typeof time !== 'bigint' || time <= 0n || time > lastTime) { this.#without++; return; }
    const number = Number(time / dayNanos);
    const day = this.#days.get(number);
    if (day === undefined) {
      if (this.#days.size < mostDays) this.#days.set(number, { day: number, count: 1, first: time, last: time }); else this.#without++;
      return;
    }
    day.count++;
    if (time < day.first) day.first = time;
    if (time > day.last) day.last = time;
  }

  result(nowUnixMs: number): TimeSpan | null {
    const all = [...this.#days.values()].sort((a, b) => a.day - b.day);
    if (all.length === 0) return null;
    const today = Math.floor(nowUnixMs / 86_400_000);
    const possible = all.filter(({ day }) => day >= leastDay && day <= today + 1);
    const kept = withoutFar(possible.length === 0 ? all : possible);
    const odd = all.filter((one) => !kept.includes(one));
    return { first: kept[0]!.first, last: kept.at(-1)!.last, odd: this.#without + countOf(odd), example: odd[0]?.first ?? null };
  }
}

const countOf = (days: readonly Day[]): number => days.reduce((sum, { count }) => sum + count, 0);

function withoutFar(days: readonly Day[]): readonly Day[] {
  for (let at = 1; at < days.length; at++) {
    const [before, after] = [days.slice(0, at), days.slice(at)];
    const gap = after[0]!.day - before.at(-1)!.day;
    for (const [few, rest] of [[before, after], [after, before]] as const) {
      const reach = Math.max(1, rest.at(-1)!.day - rest[0]!.day);
      if (gap > oddDistance * reach && countOf(few) < oddShare * countOf(days)) return withoutFar(rest);
    }
  }
  return days;
}
