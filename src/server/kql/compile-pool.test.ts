// The compile pool with its real worker threads.
import { afterAll, describe, expect, it } from 'vitest';
import { CompileLimit } from '../ports/compiler.ts';
import { createKqlCompiler } from './index.ts';

/** Regular expressions with large programs, as many as KQL may hold. */
const slowText = `name: slow\nkql: 'Logs | where ${Array.from({ length: 4 }, (_, group) => Array.from({ length: 330 }, (_, i) => `Body matches regex "(a{1,900}b${group}x${i}){1,1}"`).join(' or ')).join(' | where ')} | invoke drop()'\n`;
const good = 'name: x\ntargets: Agent["host.name"] == "web-1"\nkql: |\n  Logs\n  | where EventName == "x"\n  | invoke drop()\n';

// A thread takes two seconds of work to start, so tests share one where they can. A question has as long as its test:
// a busy machine ends none.
describe('what is asked', { timeout: 90_000 }, () => {
  const kql = createKqlCompiler({ timeoutMs: 90_000 });
  afterAll(() => kql.stop());
  it('compiles rules and filters', async () => {
    const [rule, filter] = await Promise.all([kql.compile('Logs | where EventName == "x" | invoke drop()', 'rule'), kql.compile('SeverityNumber > 8', 'filter')]);
    expect([rule.plan?.sink, filter.plan?.table]).toEqual([{ sink: 'drop' }, 'source']);
  });
  it('loads the script of a language rule', async () => {
    const rule = (javascript: string) => `kind: language\nname: x\nwhen: EventName == "a"\njavascript: |\n  ${javascript}\n`;
    expect(await kql.check(rule('function onRecord() {}'))).toMatchObject({ compiled: { kind: 'language' }, problems: [] });
    const bad = rule('function onRecord( {');
    const { compiled, problems } = await kql.check(bad);
    expect([compiled, problems.map(({ code, start, end }) => [code, bad.slice(start, end)])]).toEqual([null, [['language/script', '{']]]);
    expect((await kql.check(rule('for (;;) {}'))).problems).toMatchObject([{ message: expect.stringContaining('did not come to an end') }]);
  });
  it('gives diagnostics, not an exception, for a text that is wrong', async () => {
    const { plan, diagnostics } = await kql.compile('Logs | invoke nope()', 'rule');
    expect(plan).toBeNull();
    expect(diagnostics[0]).toMatchObject({ code: 'KS211', start: 14, end: 18 });
  });
  it('checks a whole rule: YAML, KQL and targets, each error at its place; and what rules do to each other', async () => {
    const checked = await kql.check(good);
    expect(checked).toMatchObject({ document: { name: 'x' }, compiled: { kind: 'query', targets: { table: 'source' }, plan: { sink: { sink: 'drop' } } } });
    const bad = good.replace('drop()', 'nope()');
    const { compiled, problems } = await kql.check(bad);
    expect(compiled).toBeNull();
    expect(problems.filter(({ severity }) => severity === 'error').map(({ path, start: from, end }) => [path, bad.slice(from, end)])).toEqual([[['kql'], 'nope']]);
    expect(await kql.check('name: [')).toMatchObject({ document: null });
    if (checked.compiled === null) throw new Error('it did not compile');
    expect(await kql.conflicts([{ ...checked.compiled, id: 'a' }, { ...checked.compiled, id: 'b', name: 'y', order: 200 }])).toMatchObject([{ id: 'b', withId: 'a', rule: 'y', withRule: 'x', level: 'never' }]);
  });
  it('rewords a text in its place, and prints one where there was none', async () => {
    const { document } = await kql.check(good);
    if (document === null) throw new Error('it is no document');
    const commented = `# why\n${good}`;
    expect(await kql.reword({ document: { ...document, order: 7 }, before: { text: commented, edits: [{ path: ['order'], value: 7 }] } })).toMatch(/^# why\nname: x\n[^]*order: 7/);
    expect(await kql.reword({ document, before: null })).toMatch(/^weir: 1\nkind: query\nname: x\n/);
  });
  it('a second thread answers what waits behind a slow question', async () => {
    const order: string[] = [];
    const note = (what: string) => () => { order.push(what); };
    const slow = kql.check(slowText).then(note('slow'), note('slow'));
    await kql.check(good).then(note('good'));
    expect(order).toEqual(['good']);
    await kql.stop();
    await slow;
  });
});

describe('limits', { timeout: 90_000 }, () => {
  // An idle thread ends at once, but never between an answer and the question that is asked upon it.
  const kql = createKqlCompiler({ timeoutMs: 2000, threads: 1, maxWaiting: 2, idleMs: 1 });
  afterAll(() => kql.stop());
  it('a question past its time is given up with its thread; those that wait are answered; more than it can keep are refused', async () => {
    await kql.compile('Logs', 'filter');
    const slow = kql.check(slowText);
    const others = [kql.compile('SeverityNumber > 8', 'filter'), kql.check(good)];
    await expect(kql.compile('SeverityNumber > 8', 'filter')).rejects.toThrow('busy: 2 questions wait');
    await expect(slow).rejects.toThrow(CompileLimit);
    await expect(slow).rejects.toThrow('did not finish within 2 s');
    expect((await Promise.all(others)).map(({ ...answer }) => ('compiled' in answer ? answer.compiled !== null : answer.plan !== null))).toEqual([true, true]);
  });
  it('the thread that was idle has ended, and another one answers', async () => {
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    expect((await kql.compile('SeverityNumber > 8', 'filter')).plan).not.toBeNull();
  });
  it('answers nothing after stop', async () => {
    const kql = createKqlCompiler();
    const waiting = expect(kql.compile('Logs', 'filter')).rejects.toThrow('stopped');
    await kql.stop();
    await waiting;
    await expect(kql.compile('Logs', 'filter')).rejects.toThrow('stopped');
  });
});
