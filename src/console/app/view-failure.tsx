// The error boundary of each view: the shell stays, the view says what broke.
import type { ErrorComponentProps } from '@tanstack/react-router';
import { explainFailure } from '../api/index.ts';
import { ErrorState, Pane } from '../ui/index.ts';

export function ViewFailure({ error, reset }: ErrorComponentProps) {
  const { title, help, details } = explainFailure(error);
  const stale = /dynamically imported module|module script/i.test(details);
  return (
    <Pane className="grow">
      {stale
        ? <ErrorState title="This view could not be loaded" details={details} onRetry={() => location.reload()}>The server may have been updated or is away. Reload the page when it answers.</ErrorState>
        : <ErrorState title={title} details={details} onRetry={reset}>{help} The other views still work.</ErrorState>}
    </Pane>
  );
}
