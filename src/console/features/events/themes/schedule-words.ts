// A slot of a theme's schedule in words. Pure.
import type { ThemeInput } from '../../../../model/index.ts';

export type Slot = ThemeInput['schedule'][number];
export const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
/** A week as it is read: Monday first. */
export const weekDays: readonly number[] = [1, 2, 3, 4, 5, 6, 0];

export function daysWords(days: readonly number[]): string {
  const sorted = weekDays.filter(day => days.includes(day));
  if (sorted.length === 7) return 'every day';
  if (sorted.join() === '1,2,3,4,5') return 'Mon to Fri';
  if (sorted.join() === '6,0') return 'Sat and Sun';
  return sorted.map(day => dayNames[day]).join(', ');
}

/** "on, Mon to Fri 08:00 to 18:00 (Europe/Berlin)". A slot that ends before it begins goes over midnight. */
export const slotWords = ({ days, from, to, zone, state }: Slot): string => `${state}, ${daysWords(days)} ${from} to ${to}${to <= from ? ' the day after' : ''} (${zone})`;

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
/** What keeps a slot from being saved; null for none. */
export function slotProblem({ days, from, to, zone }: Slot): string | null {
  if (days.length === 0) return 'Choose at least one day.';
  if (!clock.test(from) || !clock.test(to)) return 'Times are hours and minutes, such as 08:00.';
  if (from === to) return 'From and to are the same: for the whole day use 00:00 to 23:59.';
  try { new Intl.DateTimeFormat('en', { timeZone: zone }); } catch { return `No time zone is called "${zone}". Use a name such as Europe/Berlin or UTC.`; }
  return null;
}
