import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadOrCreateSecret, sameSecret } from './secret.ts';
import { sessionMs, Sessions } from './sessions.ts';

const directory = mkdtempSync(join(tmpdir(), 'weir-auth-'));
afterAll(() => { rmSync(directory, { recursive: true, force: true }); });

describe('sessions', () => {
  const secret = Buffer.alloc(32, 7);
  it('reads what it issued, until it ends', () => {
    let now = 1000;
    const sessions = new Sessions(secret, () => now);
    const cookie = sessions.issue('local');
    expect(sessions.read(cookie)).toEqual({ user: 'local', expiresUnixMs: 1000 + sessionMs });
    now += sessionMs;
    expect(sessions.read(cookie)).toBeNull();
  });
  it('refuses every change of a cookie, and another secret', () => {
    const sessions = new Sessions(secret, () => 0);
    const cookie = sessions.issue('local');
    for (let i = 0; i < cookie.length; i++) {
      const other = cookie[i] === 'A' ? 'B' : 'A';
      expect(sessions.read(cookie.slice(0, i) + other + cookie.slice(i + 1))).toBeNull();
    }
    for (const nonsense of [undefined, '', '1', '1..', `${cookie}.x`, '2.a.b']) expect(sessions.read(nonsense)).toBeNull();
    expect(new Sessions(Buffer.alloc(32, 8), () => 0).read(cookie)).toBeNull();
  });
  it('names its cookie after the secret', () => {
    expect(new Sessions(secret, () => 0).cookieName).not.toBe(new Sessions(Buffer.alloc(32, 8), () => 0).cookieName);
  });
});

describe('secrets', () => {
  it('are made once, for the owner only', () => {
    const path = join(directory, 'key');
    const first = loadOrCreateSecret(path);
    expect(loadOrCreateSecret(path)).toEqual(first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
  it('that are damaged are named', () => {
    const path = join(directory, 'short');
    writeFileSync(path, 'abc');
    expect(() => loadOrCreateSecret(path)).toThrow(/32 bytes but holds 3/);
  });
  it('compare by content', () => {
    expect(sameSecret('a', 'a')).toBe(true);
    expect(sameSecret('a', 'ab')).toBe(false);
    expect(sameSecret('', 'a')).toBe(false);
  });
});
