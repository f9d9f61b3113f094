// Parting a request: what is picked reads as it did in the whole, and a request parted record by record costs no more than its records.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signals } from '../model/index.ts';
import { codec, columnsOf, type RequestView, type Value } from './index.ts';
import { requestParts } from './testing/requests.test.ts';
import { write } from './testing/requests.ts';

const walk = (signal: RequestView['signal'], bytes: Uint8Array): RequestView => {
  const walked = codec.walk(signal, bytes);
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
};
const rows = (view: RequestView): readonly (readonly Value[])[] => {
  const cursor = codec.cursor();
  cursor.reset(view);
  return Array.from({ length: view.recordCount }, (_, i) => { cursor.moveTo(i); return columnsOf(view.signal).map((_column, id) => cursor.column(id)); });
};

test.each(signals)('picked records of %s read as they did, in their order, in memory of their own', (signal) => {
  fc.assert(fc.property(requestParts[signal], fc.infiniteStream(fc.boolean()), (parts, chosen) => {
    const view = walk(signal, write(parts));
    const indexes = Array.from({ length: view.recordCount }, (_, i) => i).filter(() => chosen.next().value as boolean);
    const bytes = codec.picker(view)(indexes.map((index) => ({ index, bytes: null })));
    expect(bytes.buffer).not.toBe(view.bytes.buffer);
    const all = rows(view);
    expect(rows(walk(signal, bytes))).toEqual(indexes.map((index) => all[index]));
  }));
});

test.each(signals)('a record of %s that is replaced is as `rewrite` makes it', (signal) => {
  fc.assert(fc.property(requestParts[signal], fc.nat(), (parts, seed) => {
    const view = walk(signal, write(parts));
    if (view.recordCount === 0) return;
    const index = seed % view.recordCount;
    const cursor = codec.cursor();
    cursor.reset(view);
    cursor.moveTo(index);
    const bytes = codec.editRecord(cursor, { columns: new Map(), setAttributes: new Map([['picked', 'yes']]) });
    const rewritten = codec.rewrite(view, Array.from({ length: view.recordCount }, (_, i) => (i === index ? bytes : false)));
    expect(rows(walk(signal, codec.picker(view)([{ index, bytes }])))).toEqual(rows(walk(signal, rewritten)));
  }));
});
