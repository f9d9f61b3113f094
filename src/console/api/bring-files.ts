// Files on their way to the server, wherever they were dropped or chosen: what the shell shows with progress, Cancel and why not.
import { useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import type { BroughtIn } from '../../model/index.ts';
import { bringFile, type BringAs } from './bring-file.ts';
import { explainFailure } from './errors.ts';

export interface FileOnItsWay { readonly id: number; readonly name: string; readonly bytes: number; readonly as: BringAs; /** 0 to 1. */ readonly share: number; /** Why it did not come; null while it does. */ readonly failure: { readonly title: string; readonly help: string } | null; readonly cancel: () => void }

export const useFilesOnTheirWay = create<{ readonly files: readonly FileOnItsWay[] }>(() => ({ files: [] }));
let nextId = 1;

const drop = (id: number) => useFilesOnTheirWay.setState(({ files }) => ({ files: files.filter(file => file.id !== id) }));
const change = (id: number, patch: Partial<FileOnItsWay>) => useFilesOnTheirWay.setState(({ files }) => ({ files: files.map(file => (file.id === id ? { ...file, ...patch } : file)) }));

/** What was said of files that did not come is over when others are brought. */
const forgetFailures = () => useFilesOnTheirWay.setState(({ files }) => ({ files: files.filter(({ failure }) => failure === null) }));

/** One after the other; the answer is what the last one that came became, null when none did. A file that did not come stays listed until it is dismissed, or others are brought. */
export function useBringFiles(): (files: readonly File[], as?: BringAs) => Promise<BroughtIn | null> {
  const client = useQueryClient();
  return async (files, as = 'any') => {
    let last: BroughtIn | null = null;
    if (files.length > 0) forgetFailures();
    for (const file of files) last = await bringOne(file, as) ?? last;
    if (last !== null) for (const queryKey of [['artifacts'], ['incidents']]) void client.invalidateQueries({ queryKey });
    return last;
  };
}

async function bringOne(file: File, as: BringAs): Promise<BroughtIn | null> {
  const id = nextId++;
  const abort = new AbortController();
  const cancel = () => { abort.abort(); drop(id); };
  useFilesOnTheirWay.setState(({ files }) => ({ files: [...files, { id, name: file.name, bytes: file.size, as, share: 0, failure: null, cancel }] }));
  try {
    const came = await bringFile(file, { as, signal: abort.signal, progress: share => change(id, { share }) });
    drop(id);
    return came;
  } catch (error) {
    if (!abort.signal.aborted) change(id, { failure: explainFailure(error) });
    return null;
  }
}
