// What is wrong with a file, thrown inside the parser only; HeapReader hands it out as a Failure.
import type { Failure } from '../../base/index.ts';

const makeAnother = 'Take the snapshot again, or copy the file anew.';

export class HeapFileError extends Error {
  readonly failure: Failure;
  constructor(code: string, message: string, help = makeAnother) {
    super(message);
    this.failure = { code, message, help };
  }
}

export const badFile = (why: string): HeapFileError => new HeapFileError('heap.bad-file', `The heap snapshot is damaged: ${why}.`);
export const notASnapshot = (why: string): HeapFileError => new HeapFileError('heap.not-a-snapshot', `This is no V8 heap snapshot: ${why}.`, 'Weir opens .heapsnapshot files of Node.js and Chrome.');
export const truncated = (what: string): HeapFileError => new HeapFileError('heap.truncated', `The heap snapshot ends before it is whole: ${what}.`);
export const tooLarge = (what: string): HeapFileError => new HeapFileError('heap.too-large', `The heap snapshot is too large for this machine: ${what}.`, 'Open it where there is more memory; about twice the size of the file is needed.');
