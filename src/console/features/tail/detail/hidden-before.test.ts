import { expect, it } from 'vitest';
import type { RuleOutcome } from '../../../../engine/index.ts';
import type { RedactionSource } from '../../../../model/index.ts';
import { fakeRecord } from '../testing/fake-tail.ts';
import { hiddenBefore, maskedFields, outcomesBefore } from './hidden-before.ts';
import { findingsOf } from './use-findings.ts';

const record = fakeRecord(1, { columns: { Body: 'sync ghp_•••• failed', ServiceName: 'cart' }, attributes: { mail: 'email#0123456789abcdef', sku: 'MUG' } });
const source = (more: Partial<RedactionSource>) => ({ service: 'cart', durableId: 'CartItemAdded', place: 'body', key: 'body', detector: 'github-token', rules: [{ id: 'r', name: 'redact-tokens', version: 2, action: 'mask' }], ...more }) as RedactionSource;
const outcome = (rule: string, more: Partial<RuleOutcome> = {}): RuleOutcome => ({ rule, name: rule, version: 1, stage: 'redaction', did: 'nothing', shadow: false, because: 'It found nothing to hide.', clauses: [], changes: [], ...more });

it('knows masks and hashes', () => expect(maskedFields(record)).toEqual([{ place: 'body', key: '' }, { place: 'attribute', key: 'mail' }]));

it('names the rule that the audit names for the line of code, else for the service', () => {
  const fields = maskedFields(record);
  const [body, mail] = hiddenBefore(fields, record, [source({ durableId: 'Other', rules: [{ id: 'x', name: 'x', version: 1, action: 'mask' }] }), source({}), source({ service: 'other', place: 'attribute', key: 'mail' })]);
  expect(body).toEqual({ field: fields[0], detectors: ['github-token'], rules: [{ id: 'r', name: 'redact-tokens', version: 2 }] });
  expect(mail).toEqual({ field: fields[1], detectors: [], rules: [] });
});

it('says that the rule hid it, and of no rule that it let it pass while nobody is named', () => {
  const hidden = hiddenBefore([{ place: 'body', key: '' }], record, [source({})]);
  const [first, second, third] = outcomesBefore([outcome('r'), outcome('s'), outcome('d', { stage: 'rules' })], hidden);
  expect(first).toMatchObject({ did: 'redacted', because: 'It hid github-token in the body before the tail saw the record; only the mask is left.' });
  expect(second?.because).toMatch(/hidden by another rule/);
  expect(third?.because).toBe('It found nothing to hide.');
  expect(outcomesBefore([outcome('r'), outcome('d', { stage: 'rules' })], hiddenBefore([{ place: 'body', key: '' }], record, [])).map(({ rule }) => rule)).toEqual(['d']);
  expect(outcomesBefore([outcome('r')], [])).toEqual([outcome('r')]);
});

it('finds by field and text, each detector once', () => {
  const span = { start: 0, end: 3, detector: 'jwt', confidence: 0.9 };
  const findings = findingsOf([{ place: 'body', key: '', text: 'abc abc' }, { place: 'attribute', key: 'k', text: 'x' }], [[span, { ...span, start: 4, end: 7 }], []]);
  expect(findings.in({ place: 'body', key: '' }, 'abc abc')).toHaveLength(2);
  expect(findings.in({ place: 'attribute', key: 'k' }, 'x')).toEqual([]);
  expect(findings.all).toEqual([{ place: 'body', key: '', detector: 'jwt', confidence: 0.9 }]);
});
