// "order.total is not seen in checkout.started any more": what a metric is made of and its events do not have. The way on leads to the names of the event.
import { Link } from '@tanstack/react-router';
import type { MetricDefinition } from '../../../../model/index.ts';
import { Icon, Time } from '../../../ui/index.ts';

export function UnseenWords({ unseen = [] }: Pick<MetricDefinition, 'unseen'>) {
  return unseen.map(({ field, event, since }) => <span key={field} className="amb row gap1"><Icon name="warn" size="xs" /><span>its field <span className="mono">{field}</span> is not seen in <Link to="/events" search={{ find: event }} className="mono">{event}</Link> since <Time at={since} />: what is missing adds nothing, so the figure may be false. Say under Names of the event what the field is called now.</span></span>);
}
