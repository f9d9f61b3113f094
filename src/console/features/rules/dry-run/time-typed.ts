// A typed time of day to a moment within or nearest a span.
import type { TimeZoneMode } from '../../../ui/index.ts';

const dayMs = 86_400_000;

/** "23:51:07", "23:51" or "23:51:07.250", in the zone that times are shown in: that time on the day that lies in the span or nearest it, Unix milliseconds. Null when it is no time. */
export function timeTyped(text: string, span: { readonly fromMs: number; readonly toMs: number }, zone: TimeZoneMode): number | null {
  const parts = /^\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*$/.exec(text);
  if (parts === null) return null;
  const [h, m, s, ms] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0), Number((parts[4] ?? '').padEnd(3, '0'))];
  if (h > 23 || m > 59 || s > 59) return null;
  const day = new Date(span.toMs);
  const same = zone === 'utc' ? day.setUTCHours(h, m, s, ms) : day.setHours(h, m, s, ms);
  const away = (at: number) => Math.max(span.fromMs - at, at - span.toMs, 0);
  return [same, same - dayMs, same + dayMs].reduce((best, at) => (away(at) < away(best) ? at : best));
}
