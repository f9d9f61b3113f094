// What the report says when it has no rows, or no money.
import { Link } from '@tanstack/react-router';
import type { CostBy } from '../../../../model/index.ts';
import { Button, EmptyState } from '../../../ui/index.ts';
import { byWords } from '../words/bys.ts';

export function NothingMeasured({ service, onAll }: { readonly service: string | undefined; readonly onAll: () => void }) {
  if (service !== undefined) return <EmptyState title={`Nothing of ${service} was measured in the last minutes`} actions={<Button size="s" onClick={onAll}>All services</Button>}>It may be silent, or rules take all of it away before it leaves.</EmptyState>;
  return <EmptyState title="Nothing was measured yet" actions={<><Link className="btn s" to="/overview">How to send telemetry</Link><Link className="btn s" to="/fleet">See the agents</Link></>}>Agents tell every two seconds what each line of code sends. As soon as records pass one of them, their cost stands here, line by line.</EmptyState>;
}

export function NoneFound({ by, onClear }: { readonly by: CostBy; readonly onClear: () => void }) {
  return <EmptyState title={`No ${byWords[by].one} has these words`} actions={<Button size="s" onClick={onClear}>Show all</Button>}>Names, services and signals are searched; each word must be somewhere.</EmptyState>;
}

export function NothingPriced({ onPrices }: { readonly onPrices: () => void }) {
  return <div className="banner"><span className="grow">Nothing here has a price, so shares are of bytes. Say what a GB, a million records or a series costs you.</span><Button size="s" kbd="P" onClick={onPrices}>Prices</Button></div>;
}
