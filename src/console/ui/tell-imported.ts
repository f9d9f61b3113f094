// Says what became of a bundle: an incident that is new here, a copy of one, or one that was here already.
import { toast } from '../state/index.ts';

/** @param importAgain brings the same bundle once more, as a copy that says so. */
export function tellImported({ number, title, wasHere = false, imported }: { readonly number: number; readonly title: string; readonly wasHere?: boolean | undefined; readonly imported: { readonly copyOf?: number | undefined } | null }, importAgain: () => void): void {
  if (wasHere) toast({ title: `This bundle is here already, as #${number}`, detail: title, action: { label: 'Import again as a copy', run: importAgain } });
  else toast({ title: `Imported as #${number}${imported?.copyOf === undefined ? '' : `, a copy of #${imported.copyOf}`}`, detail: title });
}
