import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import type { RuleId } from '../../model/index.ts';
import { parseRule } from '../../rules/index.ts';
import { openStore } from './index.ts';
import { migrate } from './migrations.ts';
import { openNodeSqlite } from './node-sqlite.ts';
import type { Tables } from './tables.ts';
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
  it('refuses to change or remove a version, but for what the checker made of it', async () => {
    const path = join(directory, 'versions.sqlite');
    await (await openStore(path)).close();
    const raw = new DatabaseSync(path);
    raw.exec("insert into rules (id, name, state, latest_version, created_at, updated_at) values ('r', 'x', 'draft', 1, 't', 't')");
    raw.exec("insert into rule_versions (rule_id, version, document, text, diagnostics, content_hash, author, note, created_at) values ('r', 1, '{}', 'x', '[]', 'h', 'a', '', 't')");
    expect(() => { raw.exec("update rule_versions set text = 'y'"); }).toThrow(/never change/);
    expect(() => { raw.exec('delete from rule_versions'); }).toThrow(/never change/);
    raw.exec("update rule_versions set compiled = '{}', checker = 9");
    raw.close();
  });
  it('of before texts were kept gets them, with what runs unchanged', async () => {
    const path = join(directory, 'before-texts.sqlite');
    const old = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openNodeSqlite(path) }) });
    await migrate(old, '0003-audit-and-settings');
    await old.destroy();
    const raw = new DatabaseSync(path);
    const document = JSON.stringify({ name: 'x', description: 'why', kind: 'query', order: 7, kql: 'Logs\n| invoke drop()' });
    const plan = JSON.stringify({ version: 1, table: 'Logs', operators: [], sink: { sink: 'drop' } });
    raw.exec("insert into rules (id, name, state, latest_version, deployed_version, created_at, updated_at, deployed_at) values ('r', 'x', 'deployed', 2, 1, 't', 't', 't')");
    const insert = raw.prepare("insert into rule_versions (rule_id, version, document, plan, diagnostics, content_hash, author, note, created_at) values ('r', ?, ?, ?, '[]', 'old', 'a', '', 't')");
    insert.run(1, document, plan);
    insert.run(2, document.replace('invoke', 'bad'), null);
    raw.exec("insert into deployments (rule_id, rule_name, action, version, revision, author, at) values ('r', 'x', 'deploy', 1, 3, 'a', 't')");
    raw.close();

    const store = await openStore(path);
    expect(await store.rules.get('r')).toMatchObject({ state: 'deployed', mode: 'live', deployment: 3, expiresAt: null });
    const [second, first] = await store.rules.versions('r' as RuleId);
    expect(parseRule(first?.text ?? '').document).toEqual(first?.document);
    expect(first).toMatchObject({ document: { weir: 1, location: 'on-box', order: 7, description: 'why' }, compiled: { kind: 'query', order: 7, plan: { sink: { sink: 'drop' } }, targets: null }, checker: 0 });
    expect(first?.contentHash).not.toBe(second?.contentHash);
    expect(second?.compiled).toBeNull();
    expect((await store.rules.lastDeployments()).get('r' as RuleId)).toMatchObject({ mode: 'live', revision: 3 });
    await store.close();
  });
});
