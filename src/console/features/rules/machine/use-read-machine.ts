// The machine of a text as soon as it is typed; the last one that could be read while it cannot, and why.
import type { MachineDocument } from '../../../../model/index.ts';
import { useReadDocument, type ReadDocument } from '../draft/index.ts';

export interface ReadMachine extends Omit<ReadDocument<MachineDocument>, 'document'> { readonly machine: MachineDocument | null }

/** @param fallback the last good machine of an earlier picture of the same text. */
export function useReadMachine(text: string, fallback: MachineDocument | null): ReadMachine {
  const { document, ...why } = useReadDocument(text, 'state-machine', fallback, 'It is no net.');
  return { machine: document, ...why };
}
