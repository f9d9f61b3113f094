// Brings a file from elsewhere to the server, with progress: the one request that fetch cannot tell the progress of.
import { broughtIn } from '../../model/index.ts';
import type { BroughtIn } from '../../model/index.ts';
import { apiBase, readAnswer } from './client.ts';
import { ApiFailure } from './errors.ts';

export interface BringOptions { readonly signal?: AbortSignal; /** Shares from 0 to 1 of what was sent. */ readonly progress?: (share: number) => void }

/** The answer is the artifact, or the incident when the file was a bundle. Throws ApiFailure, and the signal's reason when it was aborted. */
export function bringFile(file: Blob & { readonly name: string }, { signal, progress }: BringOptions = {}): Promise<BroughtIn> {
  return new Promise((resolve, reject) => {
    const ask = new XMLHttpRequest();
    ask.open('POST', new URL(`${apiBase}/artifacts?name=${encodeURIComponent(file.name)}`, location.origin).href);
    ask.setRequestHeader('content-type', 'application/octet-stream');
    ask.setRequestHeader('accept', 'application/json');
    ask.upload.onprogress = ({ loaded, total }) => progress?.(total === 0 ? 1 : loaded / total);
    ask.onerror = () => reject(new ApiFailure('offline', `${file.name} did not reach the server`, { help: 'The connection was lost while it was sent. Drop the file again.' }));
    ask.onload = () => { try { resolve(readAnswer(ask.status, ask.responseText, broughtIn, '/artifacts')); } catch (error) { reject(error); } };
    signal?.addEventListener('abort', () => { ask.abort(); reject(signal.reason); }, { once: true });
    ask.send(file);
  });
}
