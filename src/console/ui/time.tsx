// A moment, absolute with relative beside it or in its title. Follows the person's UTC or local choice.
import { usePreferences } from '../state/index.ts';
import { formatClock, formatDateTime, formatRelative } from './format.ts';
import { useNow } from './use-now.ts';

export interface TimeProps { /** Unix milliseconds, or an ISO 8601 text. */ readonly at: number | string; readonly show?: 'clock' | 'relative' | 'both' | 'full'; readonly millis?: boolean }

export function Time({ at, show = 'clock', millis = false }: TimeProps) {
  const zone = usePreferences(state => state.timeZone);
  const now = useNow(show === 'relative' || show === 'both');
  const unixMs = typeof at === 'number' ? at : Date.parse(at);
  if (!Number.isFinite(unixMs)) return <span className="t3">unknown time</span>;
  const relative = formatRelative(unixMs, now);
  const clock = formatClock(unixMs, zone, millis);
  const full = formatDateTime(unixMs, zone, millis);
  const text = { clock, relative, full, both: clock }[show];
  return <time className="nw" dateTime={new Date(unixMs).toISOString()} title={show === 'relative' ? full : `${full}, ${relative}`}>{text}{show === 'both' && <span className="t3"> {relative}</span>}</time>;
}
