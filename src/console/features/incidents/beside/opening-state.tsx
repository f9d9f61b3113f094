// While an artifact is read: how far, Cancel. And why it could not be.
import { Button, EmptyState, ErrorState, formatPercent, Progress } from '../../../ui/index.ts';
import type { Opening } from './use-opening.ts';

export function OpeningState({ current, name, onAgain }: { readonly current: Exclude<Opening<unknown>, { state: 'open' }>; readonly name: string; readonly onAgain: () => void }) {
  if (current.state === 'cancelled') return <EmptyState title="It was not opened" actions={<Button size="s" icon="refresh" onClick={onAgain}>Open it</Button>}>You cancelled while it was read.</EmptyState>;
  if (current.state === 'failed') return <ErrorState title={`${name} cannot be shown`} details={`${current.message}\n${current.help}`} onRetry={onAgain}>{current.message} {current.help}</ErrorState>;
  return <div className="bes-opening"><Progress label={`Reading ${name}`} share={current.share ?? 0} left={current.share === null ? '' : formatPercent(current.share, 0)} onCancel={current.cancel} /></div>;
}
