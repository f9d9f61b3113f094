// Why something could not be read, and a way to try again.
import { explainFailure } from '../../../api/index.ts';
import { ErrorState, toast } from '../../../ui/index.ts';

export function LoadFailure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { title, help, details } = explainFailure(error);
  return <ErrorState title={title} details={details} {...(onRetry && { onRetry })}>{help}</ErrorState>;
}

export function tellFailure(error: unknown): void {
  const { title, help } = explainFailure(error);
  toast({ kind: 'error', title, detail: help });
}
