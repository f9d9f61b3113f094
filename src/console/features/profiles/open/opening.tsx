// While a profile is read: how far, what is left, Cancel. And why it could not be.
import type { ReactNode } from 'react';
import { Button, EmptyState, ErrorState, formatPercent, Pane, Progress } from '../../../ui/index.ts';
import type { ProfileProgress } from '../../../workers/profile/index.ts';
import type { OpenState } from './use-profile.ts';

const stageWords: Readonly<Record<ProfileProgress['stage'], string>> = { fetching: 'Reading', parsing: 'Making the call tree of' };

export interface OpeningProps { readonly current: Exclude<OpenState, { state: 'open' }>; readonly name: string; readonly onAgain: () => void; /** What else may be done with a file that cannot be read. */ readonly otherwise?: ReactNode }

export function Opening({ current, name, onAgain, otherwise }: OpeningProps) {
  return (
    <Pane well className="grow" label="Profile">
      {current.state === 'opening' && <div className="prof-opening"><Progress label={`${stageWords[current.progress.stage]} ${name}`} share={current.progress.share ?? 0} left={current.progress.share === null ? '' : formatPercent(current.progress.share, 0)} onCancel={current.cancel} /></div>}
      {current.state === 'cancelled' && <EmptyState title="It was not opened" actions={<Button size="s" icon="refresh" onClick={onAgain}>Open it</Button>}>You cancelled while it was read. Nothing of it is kept here.</EmptyState>}
      {current.state === 'failed' && <ErrorState title={`${name} cannot be shown`} onRetry={onAgain} {...(otherwise !== undefined && { actions: otherwise })} details={`${current.failure.message}\n${current.failure.help}`}>{current.failure.message} {current.failure.help}</ErrorState>}
    </Pane>
  );
}
