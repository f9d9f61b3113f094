// A pane that could not be read: what happened, what to do, and once more.
import { explainFailure } from '../../../api/index.ts';
import { ErrorState } from '../../../ui/index.ts';

export function LoadFailure({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { title, help, details } = explainFailure(error);
  return <ErrorState title={title} details={details} onRetry={onRetry}>{help}</ErrorState>;
}
