// What the name of an attribute makes of its value, detector by detector.
import { expect, test } from 'vitest';
import { createScanner } from '../index.ts';
import { seededRandom } from '../generate/seeded-random.ts';
import { nationalGenerators } from '../generate/personal/national.ts';
import type { Detector } from '../types.ts';
import { personalDetectors } from './personal/index.ts';
import { structuralDetectors } from './structural/index.ts';

const one = (name: string): Detector => [...structuralDetectors, ...personalDetectors].find((detector) => detector.name === name)!;
const accepts = (name: string, key: string, text: string): boolean => {
  const bytes = new TextEncoder().encode(text);
  return one(name).keys?.test(key) === true && (one(name).keyed?.({ bytes, start: 0, end: bytes.length }) ?? true);
};

test.each(['user.name', 'enduser.id', 'user', 'username', 'userName', 'app.user_name'])('a user name under %s', (key) => {
  expect(accepts('user-name', key, 'ann')).toBe(true);
  expect(accepts('user-name', key, 'root')).toBe(false);
  expect(accepts('user-name', key, '4711')).toBe(false);
});
test.each(['db.user', 'user_agent.original', 'superuser', 'user.role'])('no user name under %s', (key) => { expect(accepts('user-name', key, 'ann')).toBe(false); });
test.each(['db.password', 'http.request.header.cookie', 'api_key', 'clientSecret', 'auth.token', 'DB_CRED', 'DB_CREDS', 'aws.creds', 'dbCreds', 'AWS_CREDENTIAL', 'GOOGLE_CREDENTIALS', 'serviceCredentials', 'PASSWORD_SALT', 'hash-salt', 'passwordSalt'])('a secret by the name %s', (key) => { expect(accepts('secret-assignment', key, 'hunter2')).toBe(true); });
test.each(['token_count', 'password_policy', 'secretary', 'credit', 'card.credit', 'saltwater', 'sacred', 'accredited', 'basalt', 'rock.basalt', 'cobalt_salted', 'salt_water_level', 'creds_rotated_at', 'salt.count'])('no secret by the name %s', (key) => { expect(accepts('secret-assignment', key, 'hunter2')).toBe(false); });

test.each(nationalGenerators.filter(({ detector }) => one(detector).keys !== undefined))('$detector: a sound number under a key of its name, and no other', ({ detector, positive }) => {
  for (let seed = 0; seed < 20; seed++) {
    const { secret } = positive(seededRandom(seed));
    const key = detector.replace(/^[a-z]{2}-/, '').replaceAll('-', '_');
    const names = [key, ...key.split('_'), 'idcard', 'fiscale'].flatMap((name) => [`customer.${name}`, `${name}_number`, `customer${name[0]!.toUpperCase()}${name.slice(1)}`]);
    expect(names.some((name) => accepts(detector, name, secret)), `${detector} ${names.join(' ')}`).toBe(true);
    for (const name of names) expect(accepts(detector, name, `x ${secret} y`)).toBe(false);
    expect(accepts(detector, 'order.id', secret)).toBe(false);
  }
});

test('identifiers and versions are no cards and no addresses', () => {
  for (const key of ['trace.id', 'order_id', 'event.id']) expect(one('payment-card').notKeys!.test(key)).toBe(true);
  expect(one('ipv4').notKeys!.test('service.version')).toBe(true);
  expect(one('payment-card').notKeys!.test('card')).toBe(false);
});

test('a braced password of ODBC is found without its braces, and a random value keeps no stop word from being seen', () => {
  const made = createScanner(['connection-string']);
  const text = 'Driver={ODBC 17};Server=a;Pwd={two words7};';
  expect(made.ok && made.value.scanText(text)).toMatchObject([{ start: text.indexOf('two'), end: text.indexOf('}', 25) }]);
  const all = createScanner(['*']);
  const value = `q7${'test'}ZexampleK2${'null'}fake9`;
  expect(all.ok && all.value.scanText(`Authorization: Bearer ${value}`)).toHaveLength(1);
});
