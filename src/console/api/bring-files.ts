// Files on their way to the server, wherever they were dropped or chosen: what the shell shows with progress, Cancel and why not.
import { useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import type { BroughtIn } from '../../model/index.ts';
import { bringFile } from './bring-file.ts';
import { explainFailure } from './errors.ts';

export interface FileOnItsWay { readonly id: number; readonly name: string; /** 0 to 1. */ readonly share: number; /** Why it did not come; null while it does. */ readonly failure: { readonly title: string; readonly help: string } | null; readonly cancel: () => void }

export const useFilesOnTheirWay = create<{ readonly files: readonly FileOnItsWay[] }>(() => ({ files: [] }));
let nextId = 1;

const drop = (id: number) => useFilesOnTheirWay.setState(({ files }) => ({ files: files.filter(file => file.id !== id) }));
const change = (id: number, patch: Partial<FileOnItsWay>) => useFilesOnTheirWay.setState(({ files }) => ({ files: files.map(file => (file.id === id ? { ...file, ...patch } : file)) }));

/** One after the other; the answer is what the last one that came became, null when none did. A file that did not come stays listed until it is dismissed. */
export function useBringFiles(): (files: readonly File[]) => Promise<BroughtIn | null> {
  const client = useQueryClient();
  return async files => {
    let last: BroughtIn | null = null;
    for (const file of files) last = await bringOne(file) ?? last;
    if (last !== null) for (const queryKey of [['artifacts'], ['incidents']]) void client.invalidateQueries({ queryKey });
    return last;
  };
}

async function bringOne(file: File): Promise<BroughtIn | null> {
  const id = nextId++;
  const abort = new AbortController();
  const cancel = () => { abort.abort(); drop(id); };
  useFilesOnTheirWay.setState(({ files }) => ({ files: [...files, { id, name: file.name, share: 0, failure: null, cancel }] }));
  try {
    const came = await bringFile(file, { signal: abort.signal, progress: share => change(id, { share }) });
    drop(id);
    return came;
  } catch (error) {
    if (!abort.signal.aborted) change(id, { failure: explainFailure(error) });
    return null;
  }
}
