import { describe, expect, it } from 'vitest';
import { bearerToken, hostAllowed, hostName, sameOrigin } from './request-checks.ts';

describe('hosts', () => {
  const policy = { allowedHosts: ['weir.example'] };
  it.each(['localhost', 'localhost:4300', 'LOCALHOST:1', '127.0.0.1:4300', '127.1.2.3', '[::1]:4300', 'shop.localhost:80', 'weir.example', 'WEIR.example:443'])('answers to %s', (host) => {
    expect(hostAllowed(host, policy)).toBe(true);
  });
  it.each([undefined, '', 'evil.example', 'evil.example:4300', '127.0.0.1.evil.example', 'localhost.evil.example', 'evil.example@127.0.0.1', '127.0.0.1/evil', '0.0.0.0', '[::2]', 'xlocalhost', 'a b'])('refuses %s', (host) => {
    expect(hostAllowed(host, policy)).toBe(false);
  });
  it('takes the port off', () => { expect(hostName('Weir.Example:8080')).toBe('weir.example'); });
});

describe('origins', () => {
  it.each([['http://127.0.0.1:4300', '127.0.0.1:4300'], ['https://weir.example', 'weir.example'], ['http://weir.example', 'weir.example:80'], ['http://LocalHost:1', 'localhost:1']])('%s is %s', (origin, host) => {
    expect(sameOrigin(origin, host)).toBe(true);
  });
  it.each([['http://127.0.0.1:4301', '127.0.0.1:4300'], ['http://localhost:4300', '127.0.0.1:4300'], ['null', '127.0.0.1:4300'], ['file://', ''], ['http://evil.example', 'weir.example'], ['http://127.0.0.1:4300', undefined], ['not a url', 'x']])('%s is not %s', (origin, host) => {
    expect(sameOrigin(origin, host)).toBe(false);
  });
});

it('reads a bearer token and nothing else', () => {
  expect(bearerToken('Bearer abc')).toBe('abc');
  expect(bearerToken('bearer  abc')).toBe('abc');
  for (const other of [undefined, '', 'Basic abc', 'Bearer', 'Bearer a b']) expect(bearerToken(other)).toBeNull();
});
