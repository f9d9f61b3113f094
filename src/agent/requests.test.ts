import { expect, it } from 'vitest';
import { KeyRing } from '../redaction/index.ts';
import { serverRequests } from './requests.ts';

function handlers() {
  const done: string[] = [];
  const keys = new KeyRing(new Uint8Array(32).fill(1));
  const residual = { fullUntilUnixMs: 0 };
  const requests = serverRequests({
    tails: { subscribe: () => ({ ok: true, value: undefined }), unsubscribe: (id) => { done.push(`unsubscribe ${id}`); } }, keys, residual,
    reporter: () => ({ report: () => { done.push(`report ${keys.period}`); } }),
    canary: { run: async (run, seed) => { done.push(`canary ${run} ${seed}`); return { run, startedUnixMs: 0, finishedUnixMs: 0, probes: [], problem: null }; } }, onCanary: ({ run }) => { done.push(`result ${run}`); }, more: [],
  });
  return { done, keys, residual, ask: (type: string, content: unknown) => requests.get(type)?.(content) };
}
const key = Buffer.alloc(32, 9).toString('base64');

it('a new period begins after what the old one hid was reported', () => {
  const { done, keys, ask } = handlers();
  const before = keys.fingerprint(Uint8Array.of(1, 2), 0, 2);
  expect(ask('redaction.key', { period: '2026-11-23', key })).toBe('');
  expect([done, keys.period]).toEqual([['report local'], '2026-11-23']);
  expect(keys.fingerprint(Uint8Array.of(1, 2), 0, 2)).not.toBe(before);
  ask('redaction.key', { period: '2026-11-23', key });
  expect(done).toHaveLength(1);
});

it('a malformed key is named by its field, never by its value', () => {
  const { keys, ask } = handlers();
  const said = ask('redaction.key', { period: '2026-11-23', key: 'c2VjcmV0' });
  expect(said).toContain('key');
  expect(said).not.toContain('c2VjcmV0');
  expect(keys.period).toBe('local');
});

it('a full scan until then; a canary whose result comes back', async () => {
  const { done, residual, ask } = handlers();
  ask('redaction.residual-scan', { untilUnixMs: 5 });
  expect(residual.fullUntilUnixMs).toBe(5);
  ask('redaction.canary', { run: 'r1', seed: 3 });
  await Promise.resolve();
  await Promise.resolve();
  expect(done).toEqual(['canary r1 3', 'result r1']);
});
