// A moment in little room: the clock of today, else the day; the whole of it in the title.
import { usePreferences } from '../../../state/index.ts';
import { formatClock, formatDate, formatDateTime, useNow } from '../../../ui/index.ts';

export function When({ at }: { readonly at: string }) {
  const zone = usePreferences(state => state.timeZone);
  const now = useNow();
  const unixMs = Date.parse(at);
  const day = formatDate(unixMs, zone);
  return <time className="nw" dateTime={at} title={formatDateTime(unixMs, zone, true)}>{day === formatDate(now, zone) ? formatClock(unixMs, zone) : day.replace(/ \d{4}$/, '')}</time>;
}
