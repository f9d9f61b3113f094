// While a snapshot is read: how far, what is left, Cancel. And why it could not be.
import type { ReactNode } from 'react';
import { Button, EmptyState, ErrorState, formatBytes, formatPercent, Pane, Progress } from '../../../ui/index.ts';
import type { HeapProgress } from '../../../workers/heap/index.ts';
import type { OpenState } from './use-heap.ts';

const stageWords: Readonly<Record<HeapProgress['stage'], string>> = { reading: 'Reading', analysing: 'Finding what holds what in', comparing: 'Comparing' };

/** Reading and computing take about as long as each other. */
export const wholeShare = ({ stage, share }: HeapProgress): number => (stage === 'reading' ? share * 0.5 : stage === 'analysing' ? 0.5 + share * 0.45 : 0.95 + share * 0.05);

export const leftWords = ({ stage, share, bytes, totalBytes }: HeapProgress): string =>
  (stage === 'reading' ? totalBytes === 0 ? '' : `${formatBytes(totalBytes - bytes)} left of ${formatBytes(totalBytes)}` : formatPercent(share, 0));

export interface OpeningProps { readonly current: Exclude<OpenState, { state: 'open' }>; readonly name: string; readonly onAgain: () => void; /** What else may be done with a file that cannot be read. */ readonly otherwise?: ReactNode }

export function Opening({ current, name, onAgain, otherwise }: OpeningProps) {
  return (
    <Pane well className="grow" label="Heap snapshot">
      {current.state === 'opening' && <div className="heap-opening"><Progress label={`${stageWords[current.progress.stage]} ${name}`} share={wholeShare(current.progress)} left={leftWords(current.progress)} onCancel={current.cancel} /><p className="t3">It is read in this page, off its main thread, and never leaves it.</p></div>}
      {current.state === 'cancelled' && <EmptyState title="It was not opened" actions={<Button size="s" icon="refresh" onClick={onAgain}>Open it</Button>}>You cancelled while it was read. Nothing of it is kept here.</EmptyState>}
      {current.state === 'failed' && <ErrorState title={`${name} cannot be shown`} onRetry={onAgain} {...(otherwise !== undefined && { actions: otherwise })} details={`${current.failure.message}\n${current.failure.help}`}>{current.failure.message} {current.failure.help}</ErrorState>}
    </Pane>
  );
}
