import { expect, it } from 'vitest';
import { fixedRandom } from '../ports/index.ts';
import { backoffMs, retryAfterMs } from './retry.ts';
import { parseDownstream } from './downstream-url.ts';

it('backs off exponentially with full jitter, within its bounds', () => {
  const backoff = { baseMs: 100, capMs: 1000 };
  expect([1, 2, 3, 4, 5, 1000].map((failures) => backoffMs(failures, backoff, fixedRandom(1)))).toEqual([100, 200, 400, 800, 1000, 1000]);
  expect(backoffMs(3, backoff, fixedRandom(0.5))).toBe(200);
  expect(backoffMs(3, backoff, fixedRandom(0))).toBe(10);
});

it('reads Retry-After as seconds and as a date', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(retryAfterMs('7', now)).toBe(7000);
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5000);
  expect(retryAfterMs('99999999', now)).toBe(600_000);
  expect([null, 'soon', '', '-1', '0.5'].map((header) => retryAfterMs(header, now))).toEqual([null, null, null, null, null]);
  // What is no time to wait leaves the pause to the backoff: never a retry without one.
  expect(['0', 'Wed, 31 Dec 2025 00:00:00 GMT'].map((header) => retryAfterMs(header, now))).toEqual([null, null]);
});

it('takes base URLs, and URLs pasted with a path of OTLP', () => {
  expect(parseDownstream('http://a:4318/')).toEqual({ ok: true, value: 'http://a:4318' });
  expect(parseDownstream('https://a/otlp/v1/traces')).toEqual({ ok: true, value: 'https://a/otlp' });
  expect(parseDownstream('localhost')).toMatchObject({ ok: false, error: { code: 'agent.bad_forward_url' } });
});
