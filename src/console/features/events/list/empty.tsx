// What the list says when it has no row: nothing was seen yet, or the filter hides all.
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '../../../api/index.ts';
import type { EventWish } from '../../../api/index.ts';
import { Button, EmptyState } from '../../../ui/index.ts';

export function NoEvents() {
  const otlp = useSession().data?.otlp;
  const navigate = useNavigate();
  return <EmptyState title="No agent has told of an event yet" actions={<Button size="s" icon="fleet" onClick={() => void navigate({ to: '/fleet' })}>See the agents</Button>}>Every log record, span and metric that an agent receives is named and counted here within two seconds. Send some: an OpenTelemetry SDK with <span className="mono t1">OTEL_EXPORTER_OTLP_ENDPOINT={otlp?.http ?? 'http://127.0.0.1:4318'}</span> does, and so does a file or journal probe.</EmptyState>;
}

const why: Readonly<Record<NonNullable<EventWish['only']>, string>> = {
  all: 'There are others in the catalogue.', drift: 'No event that fits changed its fields, its rate or its name since it was first seen.', lint: 'No event that fits has a finding against the semantic conventions.',
  unused: 'Every event that fits is named by a rule, a net, a view, a metric, a theme or a recorder.', renamed: 'No event that fits has a former or a newer name. Add one by hand in the Names of an event.',
};

export const NoneFits = ({ only = 'all', onClear }: { readonly only: EventWish['only'] | undefined; readonly onClear: () => void }) => <EmptyState title="No event fits the filter" actions={<Button size="s" onClick={onClear}>Show all events</Button>}>{why[only]}</EmptyState>;
