import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codec } from '../../../../otlp/index.ts';
import { log, logsFrame, storeOf } from '../testing/frames.ts';
import { readRecord, readRow } from './rows.ts';

const bodies = (store: ReturnType<typeof storeOf>): string[] =>
  Array.from({ length: store.ring.length }, (_, i) => readRow(store, codec.cursor(), store.ring.firstId + i, [])!.summary);

describe('TailStore', () => {
  it('keeps exactly the newest rows within the row bound, whatever the frame sizes, and counts the rest', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }), fc.integer({ min: 1, max: 25 }), (sizes, maxRows) => {
      let next = 0;
      const frames = sizes.map((size) => logsFrame('s', Array.from({ length: size }, () => log(`m${next++}`))));
      const store = storeOf(frames, { maxRows, maxBytes: 1e9 });
      expect(store.ring.length).toBe(Math.min(next, maxRows));
      expect(store.evicted).toBe(Math.max(0, next - maxRows));
      expect(bodies(store)).toEqual(Array.from({ length: next }, (_, i) => `m${i}`).slice(-maxRows));
    }));
  });

  it('keeps within the byte bound by letting whole frames go, oldest first', () => {
    const frames = Array.from({ length: 50 }, (_, i) => logsFrame('s', [log(`${i} ${'x'.repeat(10_000)}`)]));
    const store = storeOf(frames, { maxRows: 1e6, maxBytes: 300_000 });
    expect(store.heldBytes).toBeLessThanOrEqual(300_000);
    expect(store.ring.length + store.evicted).toBe(50);
    expect(bodies(store).at(-1)).toMatch(/^49 /);
    expect(store.ring.length).toBeGreaterThan(5);
  });

  it('grows past its first capacity without mixing rows up', () => {
    const frames = Array.from({ length: 120 }, (_, f) => logsFrame(`service-${f % 3}`, Array.from({ length: 100 }, (_, i) => log(`m${f * 100 + i}`, { severityNumber: 1 + (i % 24) }))));
    const store = storeOf(frames, { maxRows: 9_000, maxBytes: 1e9 });
    for (const id of [3000, 7777, 11_999]) {
      const row = readRow(store, codec.cursor(), id, [])!;
      expect([row.summary, row.service, row.severity]).toEqual([`m${id}`, `service-${Math.floor(id / 100) % 3}`, 1 + (id % 100 % 24)]);
    }
    expect(readRow(store, codec.cursor(), 2999, [])).toBeNull();
  });

  it('reads durable ids by event name, then by code location, then by the template of the body, and says which', () => {
    const store = storeOf([logsFrame('s', [
      log('a', { eventName: 'CartItemAdded' }), log('b', { attributes: { 'code.file.path': 'src/a.ts', 'code.line.number': 88 } }), log('order 17 paid'), log(''),
    ])]);
    const rows = [0, 1, 2, 3].map((id) => readRow(store, codec.cursor(), id, [])!);
    expect(rows.map((row) => [row.durableId, row.durableSource])).toEqual([['CartItemAdded', 'event'], ['src/a.ts:88', 'code'], [expect.stringMatching(/^t-[0-9a-f]{16}$/), 'template'], ['', 'none']]);
    expect(rows[2]!.template).toBe('order <*> paid');
  });

  it('refuses malformed payloads and changes nothing', () => {
    const store = storeOf([logsFrame('s', [log('fine')])]);
    expect(store.append({ ...logsFrame('s', []), payload: new Uint8Array([0x0a, 0xff, 0xff, 0xff]) }).ok).toBe(false);
    expect(bodies(store)).toEqual(['fine']);
  });

  it('decodes all of a record, with extra cells for a row', () => {
    const store = storeOf([logsFrame('cart', [log('hello', { attributes: { sku: 'MUG', qty: 3 }, traceId: '0af7651916cd43dd8448eb211c80319c' })], { agentOrdinal: 7 })]);
    store.agentNames = { 7: 'cart-2' };
    expect(readRow(store, codec.cursor(), 0, ['qty', 'service.name', 'TraceId', 'nope'])).toMatchObject({ agent: 'cart-2', cells: ['3', 'cart', '0af7651916cd43dd8448eb211c80319c', ''], fields: [['sku', 'MUG'], ['qty', '3']] });
    expect(readRecord(store, codec.cursor(), 0)).toMatchObject({ attributes: { sku: 'MUG', qty: 3 }, resource: { 'service.name': 'cart' }, columns: { Body: 'hello' } });
  });
});
