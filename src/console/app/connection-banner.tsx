// Says when the server does not answer, and after that what the page missed and since when.
import { dismissOutage, useConnection } from '../api/index.ts';
import { Button, formatDuration, Icon, Time, useNow } from '../ui/index.ts';

export function ConnectionBanner() {
  const { status, lostSinceMs, outage } = useConnection();
  const now = useNow(status === 'lost');
  if (status === 'lost' && lostSinceMs !== null && now - lostSinceMs > 1500) {
    return <div className="banner" role="status"><span className="amb"><Icon name="warn" size="s" /></span><span className="grow">No answer from the server since <Time at={lostSinceMs} show="both" />. Agents go on with their last good rules; this page tries again every second.</span></div>;
  }
  if (status !== 'live' || outage === null) return null;
  return (
    <div className="banner" role="status">
      <span className="amb"><Icon name="warn" size="s" /></span>
      <span className="grow">The console was away for <b className="md">{formatDuration(outage.toMs - outage.fromMs)}</b>, from <Time at={outage.fromMs} /> to <Time at={outage.toMs} />; agents kept their rules. Charts and the live tail may have a gap for that time.</span>
      <Button size="s" onClick={dismissOutage}>Close</Button>
    </div>
  );
}
