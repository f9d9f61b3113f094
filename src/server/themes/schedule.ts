// What a theme's schedule says at a moment. Times of day are those of a zone: an entry begins and ends at moments, so that a clock that is put
// back does not make it begin twice, and one that is put forward does not make it skip. Pure but for the zones of Intl.
import type { Theme, ThemeState } from '../../model/index.ts';

export type ScheduleEntry = Theme['schedule'][number];

const dayMs = 86_400_000;
const minuteMs = 60_000;
const weekday = (localMs: number): number => new Date(localMs).getUTCDay();

/** The state of the first entry that holds; null when none does. */
export const scheduledState = (schedule: readonly ScheduleEntry[], nowMs: number): ThemeState | null => schedule.find((entry) => holds(entry, nowMs))?.state ?? null;

/** What is wrong with it, in a sentence; null when nothing is. */
export function scheduleProblem(schedule: readonly ScheduleEntry[]): string | null {
  for (const { from, to, zone } of schedule) {
    if (minutesOf(from) >= 1440 || minutesOf(to) > 1440 || [from, to].some((time) => Number(time.slice(3)) > 59)) return `${from} to ${to} is no time of day: hours go from 00 to 23, minutes to 59; 24:00 ends a day.`;
    if (!isZone(zone)) return `"${zone}" is no time zone; zones are called such as Europe/Berlin or UTC.`;
  }
  return null;
}

/** One that began yesterday may hold still. An end at or before its beginning is that of the next day. */
function holds({ days, zone, ...entry }: ScheduleEntry, nowMs: number): boolean {
  const today = Math.floor((nowMs + offsetMs(zone, nowMs)) / dayMs) * dayMs;
  return [today - dayMs, today].some((day) => {
    if (!days.includes(weekday(day))) return false;
    const [start, end] = [minutesOf(entry.from), minutesOf(entry.to)];
    const [from, until] = [day + start * minuteMs, day + (end > start ? end : end + 1440) * minuteMs];
    const began = instantOf(zone, from);
    // What begins in time that is leapt over begins as much later. It lasts to its end by the clock, but no shorter than what was leapt over, or than it is written.
    const leastMs = Math.min(until - from, Math.max(0, began + offsetMs(zone, began) - from));
    return began <= nowMs && nowMs < Math.max(instantOf(zone, until), began + leastMs);
  });
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** When the zone's clocks first show this (a time as if it were UTC's). One that they leap over is as much later as they leap. */
function instantOf(zone: string, localMs: number): number {
  const before = localMs - offsetMs(zone, localMs - dayMs);
  const behind = localMs - offsetMs(zone, localMs + dayMs);
  const shown = [before, behind].filter((at) => at + offsetMs(zone, at) === localMs);
  return shown.length > 0 ? Math.min(...shown) : before;
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Names of zones are bounded, but not what is written as one. */
const mostFormats = 1000;

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  if (formats.size >= mostFormats) formats.clear();
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  formats.set(zone, made);
  return made;
}

const offsets = new Map<string, number>();
/** Zones change their clocks at quarters of an hour of UTC; thousands of entries ask about the same few. */
const quarterMs = 15 * minuteMs;
const mostOffsets = 20_000;

/** How far the zone's clocks are ahead of UTC. */
function offsetMs(zone: string, atMs: number): number {
  const quarter = Math.floor(atMs / quarterMs) * quarterMs;
  const key = `${quarter} ${zone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts = Object.fromEntries(formatOf(zone).formatToParts(quarter).map(({ type, value }) => [type, Number(value)]));
  const offset = Date.UTC(parts['year']!, parts['month']! - 1, parts['day']!, parts['hour']!, parts['minute']!, parts['second']!) - quarter;
  if (offsets.size >= mostOffsets) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

function isZone(zone: string): boolean {
  try { formatOf(zone); return true; } catch { return false; }
}
