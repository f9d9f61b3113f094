// Something that was started could not be: said as a message that stays.
import { explainFailure } from '../../../api/index.ts';
import { toast } from '../../../state/index.ts';

export function tellFailure(error: unknown): void {
  const { title, help } = explainFailure(error);
  toast({ kind: 'error', title, detail: help });
}
