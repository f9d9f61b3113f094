import { expect, it } from 'vitest';
import { memoryFiles } from '../ports/index.ts';
import { loadRedactionKey } from './local-key.ts';

let next = 0;
const counting = (count: number): Uint8Array => new Uint8Array(count).fill(++next);

it('makes a key once and gives the same one after a restart', async () => {
  const files = memoryFiles();
  const first = await loadRedactionKey(files, counting);
  expect(first).toHaveLength(32);
  expect(await loadRedactionKey(files, counting)).toEqual(first);
});

it('replaces a key of the wrong length', async () => {
  const files = memoryFiles(new Map([['redaction.key', new Uint8Array(3)]]));
  expect(await loadRedactionKey(files, counting)).toHaveLength(32);
});
