// Brings a file from elsewhere to the server, with progress: the one request that fetch cannot tell the progress of.
import { broughtIn, incident } from '../../model/index.ts';
import type { BroughtIn } from '../../model/index.ts';
import { apiBase, readAnswer } from './client.ts';
import { ApiFailure } from './errors.ts';

/** `copy`: a bundle that may be here already. `bundle`: it must be one, and is refused whole when anything in it is not as its manifest says. */
export type BringAs = 'any' | 'bundle' | 'copy';
export interface BringOptions { readonly as?: BringAs; readonly signal?: AbortSignal; /** Shares from 0 to 1 of what was sent. */ readonly progress?: (share: number) => void }

/** The answer is the artifact, or the incident when the file was a bundle. Throws ApiFailure, and the signal's reason when it was aborted. */
export function bringFile(file: Blob & { readonly name: string }, { as = 'any', signal, progress }: BringOptions = {}): Promise<BroughtIn> {
  return new Promise((resolve, reject) => {
    const ask = new XMLHttpRequest();
    const path = as === 'bundle' ? '/incidents/import' : as === 'copy' ? '/incidents/import?copy=true' : `/artifacts?name=${encodeURIComponent(file.name)}`;
    ask.open('POST', new URL(`${apiBase}${path}`, location.origin).href);
    ask.setRequestHeader('content-type', 'application/octet-stream');
    ask.setRequestHeader('accept', 'application/json');
    ask.upload.onprogress = ({ loaded, total }) => progress?.(total === 0 ? 1 : loaded / total);
    ask.onerror = () => reject(new ApiFailure('offline', `${file.name} did not reach the server`, { help: 'The connection was lost while it was sent. Drop the file again.' }));
    ask.onload = () => { try { resolve(read(as, ask.status, ask.responseText)); } catch (error) { reject(error); } };
    signal?.addEventListener('abort', () => { ask.abort(); reject(signal.reason); }, { once: true });
    ask.send(file);
  });
}

const read = (as: BringAs, status: number, text: string): BroughtIn =>
  (as !== 'any' ? { artifact: null, incident: readAnswer(status, text, incident, '/incidents/import') } : readAnswer(status, text, broughtIn, '/artifacts'));
