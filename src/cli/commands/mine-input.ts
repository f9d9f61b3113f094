// The bytes of a file or of standard input, unpacked when they are gzip's.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { CommandFailure } from '../failure.ts';
import { inputName } from './input.ts';

/** `-` is standard input. A chunk is read when the one before it was taken. */
export async function* unpackedChunks(path: string): AsyncGenerator<Uint8Array> {
  const source: AsyncIterator<Uint8Array> = (path === '-' ? process.stdin : createReadStream(path))[Symbol.asyncIterator]();
  const head = await firstBytes(source);
  const all = following(head, source);
  if (head[0] !== 0x1f || head[1] !== 0x8b) { yield* all; return; }
  try {
    yield* Readable.from(all).pipe(createGunzip()) as AsyncIterable<Uint8Array>;
  } catch (failed) {
    if (!((failed as NodeJS.ErrnoException).code ?? '').startsWith('Z_')) throw failed;
    throw new CommandFailure({ code: 'cli.bad-gzip', message: `${inputName(path)}: its gzip data is damaged or cut off (${(failed as Error).message}).`, help: 'Check it with gzip -t.' });
  }
}

/** At least two bytes, unless there are no more. */
async function firstBytes(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < 2) {
    const { done, value } = await source.next();
    if (done === true) return head;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return head;
}

async function* following(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (;;) {
    const { done, value } = await source.next();
    if (done === true) return;
    yield value;
  }
}
