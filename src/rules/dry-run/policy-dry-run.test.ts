// A redaction policy over records: what it hid, and what stayed.
import { expect, test } from 'vitest';
import { defaultBounds, redactionPolicy, type RedactionPolicyInput } from '../../model/index.ts';
import { encodeLogs } from '../../otlp/index.ts';
import { plan, rule as deployed } from '../../testing/index.ts';
import type { CompiledPolicyRule } from '../types.ts';
import { createDryRun, type DryRunOptions, type DryRunRequest, type QueryDryRunResult } from './index.ts';

const startMs = 1_767_261_600_000;
const mail = 'joe.doe@mailbox.net';
const compiled = (policy: RedactionPolicyInput): CompiledPolicyRule => ({ kind: 'redaction-policy', name: 'mine', location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null, policy: redactionPolicy.parse(policy) });

/** 40 requests of 5 records: the first names a mailbox, the second a person's address by key. */
const requests: readonly DryRunRequest[] = Array.from({ length: 40 }, (_, r) => ({
  signal: 'logs', sentAtMs: startMs + r * 1000, idOf: (i) => r * 5 + i,
  bytes: encodeLogs({ 'service.name': 'shop' }, 's', Array.from({ length: 5 }, (__, i) => ({
    timeUnixNano: BigInt(startMs + r * 1000 + i) * 1_000_000n, eventName: `E${i}`, body: i === 0 ? `mail to ${mail}` : 'nothing here', attributes: i === 1 ? { 'geo.postal_code': 'XY', note: `by ${mail}` } : { depth: String(i) } as Record<string, string>,
  }))),
}));

function run(rule: CompiledPolicyRule, more: Partial<DryRunOptions> = {}): QueryDryRunResult {
  let ms = 0;
  const dry = createDryRun({ rule, maxSamples: 6, now: () => (ms += 0.5), ...more });
  if (!dry.ok) throw new Error(dry.error.message);
  for (const request of requests) dry.value.feed(request);
  while (!dry.value.settle(0));
  return dry.value.result() as QueryDryRunResult;
}

test('it says what it hid by detector, key, place and action, and what it left', () => {
  const result = run(compiled({ entries: [{ key: 'note', detectors: ['email'], do: 'ignore', reason: 'a test' }] }));
  expect(result).toMatchObject({ kind: 'query', scanned: 200, reached: 200, removed: 0, changed: 80, hiddenLeftOut: 0, errors: 0, error: null });
  const hidden = result.hidden.map(({ detector, key, place, action, count }) => [detector, key, place, action, count]).toSorted();
  expect(hidden).toEqual([['email', 'body', 'body', 'mask', 40], ['email', 'note', 'attribute', 'ignore', 40], ['sensitive-key', 'geo.postal_code', 'attribute', 'mask', 40]].toSorted());
  expect(JSON.stringify(result.hidden)).not.toContain('joe.doe');
});

test('its samples show what changed, and a few that did not', () => {
  const { samples } = run(compiled({}));
  expect(samples.filter(({ kind }) => kind === 'changed').length).toBeGreaterThanOrEqual(3);
  expect(samples.filter(({ kind }) => kind === 'unchanged').length).toBeGreaterThan(0);
  const body = samples.find(({ before }) => before.columns['EventName'] === 'E0')!;
  expect(body.after!.columns['Body']).toBe('mail to ••••');
});

test('records that it drops are gone, and a sink before it leaves it less', () => {
  expect(run(compiled({ mode: 'drop', sensitiveKeys: false }))).toMatchObject({ removed: 80, changed: 0 });
  const earlier = deployed('a', plan('Logs', [], { sink: 'redact', detectors: ['email'], mode: 'mask' }), 1);
  expect(run(compiled({ sensitiveKeys: false }), { others: [earlier] }).hidden).toEqual([]);
  const policyBefore = { id: 'b', name: 'b', version: 1, order: 1, plan: null, policy: { mode: 'drop' as const } };
  expect(run(compiled({}), { others: [policyBefore] })).toMatchObject({ changed: 0, hidden: [] });
});
