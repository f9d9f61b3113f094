import { expect, it } from 'vitest';
import { hidSentence } from './use-runs-already.ts';

it('says what a policy that runs hid, the most first', () => {
  const source = (detector: string, key: string, masked: number, id: string) => ({ detector, key, masked, place: 'body' as const, rules: [{ id, name: id, version: 1, action: 'mask' as const }] });
  expect(hidSentence([source('jwt', '', 4, 'p'), source('email', 'user.mail', 1200, 'p'), source('iban', 'x', 9, 'q')], 'p')).toBe('In the last 15 min it hid 1,204 values: email in user.mail 1,200, jwt in body 4.');
  expect(hidSentence([source('jwt', '', 0, 'p')], 'p')).toMatch(/nothing that it hid/);
});
