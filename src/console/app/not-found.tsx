// An address that names no view.
import { Link } from '@tanstack/react-router';
import { EmptyState, Pane, ViewBar } from '../ui/index.ts';

export function NotFound() {
  return <><ViewBar title="Not found" /><Pane className="grow"><EmptyState title="There is no view at this address" actions={<Link className="btn s" to="/overview">Go to the overview</Link>}>The link may be from another version of Weir, or a letter is missing.</EmptyState></Pane></>;
}
