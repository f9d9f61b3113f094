// A rule that takes the compiler for as long as it is let: everybody else is served meanwhile, and its sender hears why it was refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiError, ruleDetail, type RuleDetail } from '../../model/index.ts';
import { createKqlCompiler } from '../kql/index.ts';
import { TestServer } from '../testing/test-server.ts';

/** Regular expressions with large programs, as many as KQL may hold. */
const hostile = `name: hostile\nkql: 'Logs | where ${Array.from({ length: 4 }, (_, group) => Array.from({ length: 330 }, (_, i) => `Body matches regex "(a{1,900}b${group}x${i}){1,1}"`).join(' or ')).join(' | where ')} | invoke drop()'\n`;
const rule = (name: string) => ({ text: `name: ${name}\nkql: Logs | where EventName == "x" | invoke drop()\n` });
const codeOf = ({ body }: { body: unknown }) => apiError.parse(body).error.code;

describe('with the real compiler', { timeout: 90_000 }, () => {
  const server = new TestServer({ compiler: createKqlCompiler({ timeoutMs: 1500 }) });
  beforeAll(() => server.start());
  afterAll(() => server.remove());

  it('requests and other rules go on while it is checked; it is refused with the reason', async () => {
    const first = await server.call('POST', '/api/v1/rules', rule('first'));
    expect(first.status).toBe(201);
    let done = false;
    const refused = server.call('POST', '/api/v1/rules', { text: hostile }).finally(() => { done = true; });
    for (let i = 0; i < 5; i++) expect((await server.call('GET', '/api/v1/rules')).status).toBe(200);
    expect(done).toBe(false);
    expect((await server.call('POST', `/api/v1/rules/${(first.body as RuleDetail).id}/disable`)).status).toBe(409);
    expect(done).toBe(false);
    const answer = await refused;
    expect([answer.status, codeOf(answer)]).toEqual([422, 'rule.too-costly']);
    expect(apiError.parse(answer.body).error.message).toBe('The check of this rule did not finish within 1.5 s, so it was given up and nothing was changed.');
    expect((await server.call('POST', '/api/v1/rules', rule('after'))).status).toBe(201);
  });
  it('a text past the bound is refused before anything reads it', async () => {
    expect((await server.call('POST', '/api/v1/rules', { text: `name: x\nkql: ${'x'.repeat(300_000)}\n` })).status).toBe(400);
    expect((await server.call('POST', '/api/v1/kql/compile', { kql: 'x'.repeat(65_000) })).status).toBe(400);
    expect((await server.call('POST', '/api/v1/rules', { text: 'x'.repeat(1_100_000) })).status).toBe(413);
  });
});

describe('while a check is under way', () => {
  const server = new TestServer();
  beforeAll(() => server.start());
  afterAll(() => server.remove());
  const create = async (name: string) => ruleDetail.parse((await server.call('POST', '/api/v1/rules', rule(name))).body);
  const save = (id: string, text: string, more = {}) => server.call('POST', `/api/v1/rules/${id}/versions`, { text, ...more });
  const waiting = (word: string) => expect.poll(() => server.compiler.calls.some(({ text }) => text.includes(word))).toBe(true);

  it('others are deployed, and what was checked rests on the rules as they are then', async () => {
    const [slow, other] = [await create('slow-one'), await create('other-one')];
    const { release } = server.compiler.hold('# held');
    const saving = save(slow.id, `# held\n${rule('slow-one').text}`);
    await waiting('# held');
    expect((await server.call('POST', `/api/v1/rules/${other.id}/deploy`, { version: 1 })).status).toBe(200);
    expect((await save(slow.id, `# quick\n${rule('slow-one').text}`)).status).toBe(201);
    release();
    const saved = ruleDetail.parse((await saving).body);
    expect(saved.versions.map(({ version, text }) => [version, text.split('\n')[0]])).toEqual([[3, '# held'], [2, '# quick'], [1, 'name: slow-one']]);
  });
  it('a save of an older version is refused, with who saved what meanwhile', async () => {
    const { id } = await create('two-hands');
    const { release } = server.compiler.hold('# mine');
    const mine = save(id, `# mine\n${rule('two-hands').text}`, { base: 1 });
    await waiting('# mine');
    await save(id, `# theirs\n${rule('two-hands').text}`, { base: 1, note: 'said why' });
    release();
    const answer = await mine;
    expect([answer.status, codeOf(answer)]).toEqual([409, 'rule.changed-meanwhile']);
    expect(apiError.parse(answer.body).error.message).toMatch(/^Rule two-hands was saved as version 2 by local at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \("said why"\) while version 1 was edited, so this text was not saved\.$/);
    expect((await save(id, `# mine\n${rule('two-hands').text}`, { base: 2 })).status).toBe(201);
  });
  it('a new order races a deployment: it sees the rule as it is by then', async () => {
    const { id } = await create('racer');
    const { release } = server.compiler.hold('order: 7');
    const moving = server.call('POST', '/api/v1/rules/order', { rules: [{ id, order: 7 }] });
    await waiting('order: 7');
    await server.call('POST', `/api/v1/rules/${id}/deploy`, { version: 1 });
    release();
    expect((await moving).status).toBe(200);
    expect(ruleDetail.parse((await server.call('GET', `/api/v1/rules/${id}`)).body)).toMatchObject({ state: 'deployed', deployedVersion: 2, latestVersion: 2, order: 7 });
  });
  it('a rule that is deleted meanwhile is unknown to what waited', async () => {
    const { id } = await create('short-lived');
    const { release } = server.compiler.hold('# late');
    const saving = save(id, `# late\n${rule('short-lived').text}`);
    await waiting('# late');
    expect((await server.call('DELETE', `/api/v1/rules/${id}`)).status).toBe(204);
    release();
    expect(codeOf(await saving)).toBe('rule.unknown');
  });
  it('a bulk says of each rule whether it was done', async () => {
    const [one, gone, two] = [await create('bulk-one'), await create('bulk-gone'), await create('bulk-two')];
    const { release } = server.compiler.hold('bulk-gone');
    const deploying = server.call('POST', '/api/v1/rules/bulk', { action: 'deploy', ids: [one.id, gone.id, two.id] });
    await expect.poll(() => server.compiler.calls.filter(({ text }) => text.includes('bulk-gone')).length).toBe(2);
    await server.call('DELETE', `/api/v1/rules/${gone.id}`);
    release();
    expect((await deploying).body).toMatchObject({ results: [{ id: one.id, ok: true }, { id: gone.id, ok: false, error: { code: 'rule.unknown' } }, { id: two.id, ok: true }] });
  });
  it('more rules than agents can take are refused, and nothing is stored', async () => {
    const long = 'x'.repeat(60_000);
    const deploy = (some: readonly string[]) => server.call('POST', '/api/v1/rules/bulk', { action: 'deploy', ids: some });
    const more: string[] = [];
    for (const name of Array.from({ length: 230 }, (_, i) => `more-${i}`)) more.push(((await server.call('POST', '/api/v1/rules', { document: { name, kql: `Logs | where EventName == "${long}${name}" | invoke drop()` } })).body as RuleDetail).id);
    expect((await deploy(more.slice(0, 50))).status).toBe(200);
    const answer = await deploy(more);
    expect([answer.status, codeOf(answer)]).toEqual([409, 'rule.fleet-too-large']);
    expect(apiError.parse(answer.body).error.message).toMatch(/^All deployed rules together would be 1\d\.\d MiB for each agent; 12 MiB are the limit, so nothing was deployed\.$/);
    expect(ruleDetail.parse((await server.call('GET', `/api/v1/rules/${more[60]}`)).body).state).toBe('draft');
  });
});
