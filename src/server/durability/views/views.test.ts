// Saved views through a real server: kept, compiled, following renames, and as files.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aliasList, auditList, savedView, savedViewList, viewImported, type SavedView } from '../../../model/index.ts';
import { openStore } from '../../store/index.ts';
import { TestServer } from '../../testing/test-server.ts';
import { storedViews } from './documents.ts';

let server: TestServer;
beforeEach(async () => { server = await new TestServer().start(); });
afterEach(() => server.remove());

const api = (method: string, path: string, body?: unknown) => server.call(method, `/api/v1${path}`, body);
const input = { name: 'Checkouts', description: 'What people buy.', signals: ['logs'], kql: 'event("checkout.started")', columns: ['Timestamp', 'Body'] };
const created = async (more: object = {}): Promise<SavedView> => savedView.parse((await api('POST', '/views', { ...input, ...more })).body);
const views = async (): Promise<SavedView[]> => savedViewList.parse((await api('GET', '/views')).body).views;

describe('a saved view', () => {
  it('is kept, changed and deleted, with an audit, over a restart', async () => {
    const made = await created();
    expect(made).toMatchObject({ ...input, author: 'local', follows: [] });
    expect((await api('PUT', `/views/${made.id}`, { ...input, description: 'Sales.' })).body).toMatchObject({ id: made.id, description: 'Sales.', createdAt: made.createdAt });
    await server.stop();
    await server.start();
    expect(await views()).toMatchObject([{ id: made.id, description: 'Sales.' }]);
    expect((await api('DELETE', `/views/${made.id}`)).status).toBe(204);
    expect([await views(), (await api('GET', `/views/${made.id}`)).status, (await api('DELETE', `/views/${made.id}`)).status]).toEqual([[], 404, 404]);
    const { entries } = auditList.parse((await api('GET', '/audit')).body);
    expect(entries.filter(({ subject }) => subject === `view:${made.id}`).map(({ action }) => action)).toEqual(['view.delete', 'view.save', 'view.create']);
  });

  it('keeps where it looks, what its facets leave out, and how lines show; what was saved or is sent without them is as it was shown', async () => {
    const more = { stage: 'in', facets: { hidden: { ServiceName: ['cart'] }, only: { Severity: ['ERROR', 'WARN'] } }, wrap: true };
    expect(await created()).toMatchObject({ stage: 'out', facets: { hidden: {}, only: {} }, wrap: false });
    expect(await created({ name: 'Other', ...more })).toMatchObject(more);
    await server.stop();
    const store = await openStore(join(server.directory, 'data/weir.sqlite'));
    const [first] = await storedViews(store);
    const { stage: _stage, facets: _facets, wrap: _wrap, ...old } = first!.view;
    await store.documents.put('view', { id: old.id, name: old.name, updatedAt: old.updatedAt, body: { view: old, plan: first!.plan } });
    await store.close();
    await server.start();
    expect(await views()).toMatchObject([{ name: 'Checkouts', stage: 'out', wrap: false }, { name: 'Other', ...more }]);
    const text = String((await api('GET', '/views/export')).body);
    expect(text).toContain('name: Other\ndescription: What people buy.\nsignals:\n  - logs\nstage: in\nkql: event("checkout.started")\nfacets:\n  hidden:\n    ServiceName:\n      - cart\n  only:\n');
    const other = (stage: string) => ({ files: [{ name: 'a.yaml', text: text.split('---\n')[1]!.replace('stage: in', `stage: ${stage}`).replace('- ERROR\n      - WARN', '- WARN\n      - ERROR') }] });
    expect((await api('POST', '/views/import', other('in'))).body).toMatchObject({ steps: [{ action: 'same' }] });
    expect((await api('POST', '/views/import', other('out'))).body).toMatchObject({ steps: [{ action: 'change', changes: [{ field: 'stage', before: 'before rules', after: 'after rules' }] }] });
    expect((await views())[1]).toMatchObject({ stage: 'out', facets: { only: { Severity: ['WARN', 'ERROR'] } }, wrap: true });
  });

  it('has a name of its own, also when two are made in one moment', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => api('POST', '/views', input)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const other = await created({ name: 'Other' });
    expect((await api('PUT', `/views/${other.id}`, input)).body).toMatchObject({ error: { code: 'view.name-taken' } });
    expect((await api('PUT', `/views/${other.id}`, { ...input, name: 'Third' })).status).toBe(200);
  });

  it('does not compile: not saved, with the place', async () => {
    const answer = await api('POST', '/views', { ...input, kql: 'a == bad' });
    expect([answer.status, answer.body]).toMatchObject([422, { error: { code: 'rule.does-not-compile', diagnostics: [{ path: ['kql'], start: 5, end: 8 }] } }]);
    server.compiler.broken = true;
    expect((await api('POST', '/views', input)).status).toBe(503);
    expect(await views()).toEqual([]);
  });

  it('says which renames it follows, and since when; an empty one follows none', async () => {
    await created({ name: 'Everything', kql: ' ' });
    await created();
    await api('POST', '/aliases', { kind: 'event', former: 'checkout.started', current: 'cart.checkout' });
    const [alias] = aliasList.parse((await api('GET', '/aliases')).body).aliases;
    expect((await views()).map(({ follows }) => follows)).toMatchObject([[{ name: 'checkout.started', now: ['cart.checkout', 'checkout.started'], since: alias?.at }], []]);
  });
});

it('a view that somebody else changed meanwhile is not overwritten', async () => {
  const { id } = await created();
  const change = (more: object) => api('PUT', `/views/${id}`, { ...input, ...more, base: input });
  const [one, other] = await Promise.all([change({ description: 'one' }), change({ columns: ['X'] })]);
  expect([one.status, other.status].toSorted()).toEqual([200, 409]);
  expect([one.body, other.body]).toContainEqual(expect.objectContaining({ error: expect.objectContaining({ code: 'view.changed-meanwhile' }) }));
});

describe('views as files', () => {
  const files = (...texts: string[]) => ({ files: texts.map((text, i) => ({ name: `${i}.yaml`, text })) });
  const bring = (body: object, dry = false) => api('POST', `/views/import${dry ? '?dry=1' : ''}`, body);

  it('come out as they go in, and then there is nothing to do', async () => {
    await created({ kql: 'event("checkout.started")\n  and Body has "---"' });
    await created({ name: 'All: "of" it', kql: '', description: '', columns: [] });
    const text = String((await api('GET', '/views/export')).body);
    expect(text).toBe('weir: 1\nkind: view\nname: \'All: "of" it\'\nsignals:\n  - logs\n---\nweir: 1\nkind: view\nname: Checkouts\ndescription: What people buy.\nsignals:\n  - logs\nkql: |-\n  event("checkout.started")\n    and Body has "---"\ncolumns:\n  - Timestamp\n  - Body\n');
    const before = await views();
    const one = await api('GET', `/views/export?id=${before[1]!.id}`);
    expect([one.body, one.headers.get('content-disposition')]).toEqual([text.split('---\n')[1], expect.stringContaining('checkouts.yaml')]);
    expect((await api('GET', '/views/export?id=none')).status).toBe(404);
    expect((await bring(files(text))).body).toEqual({ applied: true, steps: [{ name: 'All: "of" it', action: 'same', fields: [] }, { name: 'Checkouts', action: 'same', fields: [] }] });
    expect(await views()).toEqual(before);
    for (const { id } of before) await api('DELETE', `/views/${id}`);
    expect(viewImported.parse((await bring(files(text))).body).steps.map(({ action }) => action)).toEqual(['create', 'create']);
    expect((await api('GET', '/views/export')).body).toBe(text);
  });

  it('are planned first; views that no file holds stay', async () => {
    await created();
    const wanted = files('name: Checkouts\nkql: event("b")\n', '# a comment alone\n---\nname: Slow\nsignals: [spans]\n');
    const changes = [{ field: 'description', before: 'What people buy.', after: '' }, { field: 'kql', before: 'event("checkout.started")', after: 'event("b")' }, { field: 'columns', before: 'Timestamp, Body', after: '' }];
    const steps = [{ name: 'Checkouts', action: 'change', fields: ['description', 'kql', 'columns'], changes }, { name: 'Slow', action: 'create', fields: [] }];
    expect((await bring(wanted, true)).body).toEqual({ applied: false, steps });
    expect(await views()).toMatchObject([input]);
    expect((await bring(wanted)).body).toEqual({ applied: true, steps });
    expect((await views()).map(({ name, kql, signals }) => [name, kql, signals])).toEqual([['Checkouts', 'event("b")', ['logs']], ['Slow', '', ['spans']]]);
    expect(viewImported.parse((await bring(wanted)).body).steps.map(({ action }) => action)).toEqual(['same', 'same']);
  });

  it('all or none, with the file and the field that is wrong', async () => {
    const wrong = async (...texts: string[]): Promise<unknown> => { const { status, body } = await bring(files('name: Good\n', ...texts)); return [status, (body as { error: { code: string; issues?: { path: string; message: string }[]; diagnostics?: { path: string[] }[] } }).error]; };
    expect(await wrong('name: A\ncolour: red\n')).toMatchObject([422, { code: 'view.file', issues: [{ path: '1.yaml', message: expect.stringMatching(/^Line 2: .*colour/) }] }]);
    expect(await wrong('description: nameless\n')).toMatchObject([422, { code: 'view.file', issues: [{ path: '1.yaml.name' }] }]);
    expect(await wrong('name: A\n---\nname: [\n')).toMatchObject([422, { code: 'view.file', issues: [{ path: '1.yaml#2', message: expect.stringMatching(/^Line [34]: /) }] }]);
    expect(await wrong('# two\nname: A\n---\n# of them\nname: B\nsignals:\n  - logs\n  - dreams\n')).toMatchObject([422, { issues: [{ path: '1.yaml#2.signals.1', message: expect.stringMatching(/^Line 8: /) }] }]);
    expect(await wrong('weir: 1\nkind: metric\nname: m\n')).toMatchObject([422, { issues: [{ path: '1.yaml', message: expect.stringMatching(/^Line 2: This is a metric.*weir rules apply/) }] }]);
    expect(await wrong('name: Good\n')).toMatchObject([422, { code: 'view.file', issues: [{ path: '1.yaml' }] }]);
    expect(await wrong('name: A\nkql: bad\n')).toMatchObject([422, { code: 'rule.does-not-compile', message: expect.stringContaining('1.yaml, line 2: '), diagnostics: [{ path: ['1.yaml', 'kql'] }] }]);
    expect(await wrong('a: &a [x]\nname: *a\n')).toMatchObject([422, { code: 'view.file' }]);
    expect(await wrong(`name: ${'['.repeat(60_000)}`)).toMatchObject([422, { code: 'view.file' }]);
    expect(await views()).toEqual([]);
  });
});
