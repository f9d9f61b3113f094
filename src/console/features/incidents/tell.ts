// A refusal or failure of something the person asked for, as a message that stays.
import { explainFailure } from '../../api/index.ts';
import { toast } from '../../ui/index.ts';

export function tellFailure(error: unknown): void {
  const { title, help } = explainFailure(error);
  toast({ kind: 'error', title, detail: help });
}
