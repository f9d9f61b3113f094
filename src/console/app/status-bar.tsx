// Measured figures that matter in every view, the time, and the time zone.
import { liveFigures, useConnection, useFullScanUntil, useOverview } from '../api/index.ts';
import { usePreferences } from '../state/index.ts';
import { formatClock, formatDate, formatPercent, formatRate, Time, useNow, zoneLabel } from '../ui/index.ts';

/** The range that the rail reads: one answer serves both. */
const redactionSeconds = 900;
const overheadCause = (over: boolean, fullScan: boolean): string | undefined => (fullScan ? `A full residual scan runs: it looks at every record that leaves, which costs CPU until it ends.${over ? ' That is why the overhead is over its budget.' : ''}` : undefined);

export function StatusBar() {
  const { data } = useOverview();
  const fullScan = useFullScanUntil(redactionSeconds) !== null;
  const lost = useConnection(state => state.status === 'lost');
  const point = data && liveFigures(data);
  const newest = data?.points.at(-1)?.t;
  const away = data ? data.agents.known - data.agents.connected : 0;
  return (
    <footer className="status" aria-label="Status">
      {data && <span className="grp"><span className={`dot ${away > 0 ? 'amb' : data.agents.known === 0 ? 'off' : ''}`} /><b>{data.agents.connected}</b> of {data.agents.known} {data.agents.known === 1 ? 'agent' : 'agents'}</span>}
      {point && !lost && (
        <>
          <Figure label="in" value={`${formatRate(point.in)}/s`} /><Figure label="out" value={`${formatRate(point.out)}/s`} />
          <Figure label="removed" value={`${formatRate(point.removed)}/s`} /><Figure label="lost" value={`${formatRate(point.lost)}/s`} bad={point.lost > 0} />
          <span className="hide-n" title={overheadCause(point.cpuShare > (data?.cpuBudgetShare ?? 1), fullScan)}><Figure label="overhead" value={formatPercent(point.cpuShare, 2)} bad={data !== undefined && point.cpuShare > data.cpuBudgetShare} after={data ? `${point.cpuShare > data.cpuBudgetShare ? 'over its budget of' : 'of'} ${formatPercent(data.cpuBudgetShare, 0)} CPU` : ''} /></span>
        </>
      )}
      {data && !point && !lost && (
        <>
          {['in', 'out', 'removed', 'lost'].map(label => <Figure key={label} label={label} value="–" />)}
          <span className="amb">{newest === undefined ? 'no data yet' : <>no data since <Time at={newest} /></>}</span>
        </>
      )}
      {lost && <span className="amb">no data since the server stopped answering</span>}
      <Clock />
    </footer>
  );
}

function Figure({ label, value, after, bad = false }: { readonly label: string; readonly value: string; readonly after?: string; readonly bad?: boolean }) {
  return <span className="grp">{label} <b className={bad ? 'amb' : undefined}>{value}</b>{after}</span>;
}

function Clock() {
  const now = useNow();
  const { timeZone, setTimeZone } = usePreferences();
  const next = timeZone === 'utc' ? 'local' : 'utc';
  return (
    <button type="button" className="end" onClick={() => setTimeZone(next)} title={`Show times in ${next === 'utc' ? 'UTC' : 'local time'}`}>
      {zoneLabel(now, timeZone)}<span className="hide-n">{formatDate(now, timeZone)}</span><b>{formatClock(now, timeZone)}</b>
    </button>
  );
}
