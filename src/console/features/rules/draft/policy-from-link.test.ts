import { describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../../../model/index.ts';
import { parseRule } from '../../../../rules/index.ts';
import { policyFromLink, type PolicyLink } from './policy-from-link.ts';

function documentOf(link: PolicyLink): PolicyDocument {
  const { document, problems } = parseRule(policyFromLink({ name: 'a', ...link }));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (document?.kind !== 'redaction-policy') throw new Error('no policy');
  return document;
}
const entriesOf = (link: PolicyLink) => documentOf(link).entries;

describe('a policy from a link', () => {
  it('hides what a source of the audit says, there and nowhere else', () => {
    const document = documentOf({ detector: 'github-token', key: 'url.full', place: 'attribute', service: 'cart', signal: 'spans' });
    expect(document).toMatchObject({ entries: [{ key: 'url.full', in: ['attribute'], service: 'cart', detectors: ['github-token'], do: 'mask' }], except: ['*'], sensitiveKeys: false });
    // The same token under that key is as secret in a log.
    expect(document).not.toHaveProperty('signals');
    expect(entriesOf({ detector: 'email', key: 'body', place: 'body', service: 'cart' })).toEqual([{ in: ['body'], service: 'cart', detectors: ['email'], do: 'mask' }]);
    expect(entriesOf({ detector: 'email', key: 'body.user', service: 'cart' })).toEqual([{ key: 'body.user', in: ['body'], service: 'cart', detectors: ['email'], do: 'mask' }]);
    expect(entriesOf({ detector: 'sensitive-key', key: 'user.email', place: 'attribute', service: '' })).toEqual([{ key: 'user.email', in: ['attribute'], do: 'mask' }]);
  });

  it('may name less', () => {
    expect(entriesOf({ key: 'user.email' })).toEqual([{ key: 'user.email', in: ['attribute'], do: 'mask' }]);
    expect(entriesOf({ service: 'cart' })).toEqual([{ service: 'cart', detectors: ['*'], do: 'mask' }]);
    expect(documentOf({ detector: 'jwt' })).toMatchObject({ entries: [], detectors: ['jwt'], mode: 'mask' });
    expect(documentOf({})).toMatchObject({ entries: [], detectors: ['*'], sensitiveKeys: true });
  });
});
