import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from './index.ts';
import { storeContract } from './store.contract.ts';

const directory = mkdtempSync(join(tmpdir(), 'weir-store-'));
afterAll(() => { rmSync(directory, { recursive: true, force: true }); });
let files = 0;

describe('in memory', () => { storeContract(() => openStore(':memory:')); });
describe('in a file', () => { storeContract(() => openStore(join(directory, `${files++}.sqlite`))); });

describe('a file', () => {
  it('keeps everything when opened again', async () => {
    const path = join(directory, 'kept.sqlite');
    const first = await openStore(path);
    await first.settings.set('k', 'v');
    await first.close();
    const second = await openStore(path);
    expect(await second.settings.get('k')).toBe('v');
    await second.close();
  });
  it('refuses to change or remove an audit entry', async () => {
    const path = join(directory, 'audit.sqlite');
    const store = await openStore(path);
    await store.audit.append({ at: 't', actor: 'a', action: 'x', subject: 's', detail: null });
    await store.close();
    const raw = new DatabaseSync(path);
    expect(() => { raw.exec("update audit_entries set actor = 'b'"); }).toThrow(/append-only/);
    expect(() => { raw.exec('delete from audit_entries'); }).toThrow(/append-only/);
    raw.close();
  });
});
