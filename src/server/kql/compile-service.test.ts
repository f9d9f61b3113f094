// The compile service with its real worker thread.
import { afterEach, describe, expect, it } from 'vitest';
import { createKqlCompiler, type KqlCompileService } from './index.ts';

let open: KqlCompileService | null = null;
const start = (options?: { timeoutMs: number }): KqlCompileService => (open = createKqlCompiler(options));
afterEach(async () => { await open?.stop(); open = null; });

describe('createKqlCompiler', () => {
  it('compiles rules, filters and table queries', async () => {
    const kql = start();
    const [rule, filter, query] = await Promise.all([
      kql.compile('Logs | where EventName == "x" | invoke drop()', 'rule'),
      kql.compile('SeverityNumber > 8', 'filter'),
      kql.compile('source | summarize sum(n)', 'table', [{ name: 'n', type: 'long' }]),
    ]);
    expect([rule.plan?.sink, filter.plan?.table, query.plan?.operators[0]?.op]).toEqual([{ sink: 'drop' }, 'source', 'summarize']);
  });
  it('gives diagnostics, not an exception, for a text that is wrong', async () => {
    const { plan, diagnostics } = await start().compile('Logs | invoke nope()', 'rule');
    expect(plan).toBeNull();
    expect(diagnostics[0]).toMatchObject({ code: 'KS211', start: 14, end: 18 });
  });
  it('checks a whole rule: YAML, KQL and targets, each error at its place', async () => {
    const kql = start();
    const text = 'name: x\ntargets: Agent["host.name"] == "web-1"\nkql: |\n  Logs\n  | where EventName == "x"\n  | invoke drop()\n';
    const good = await kql.check(text);
    expect(good).toMatchObject({ document: { name: 'x' }, compiled: { kind: 'query', targets: { table: 'source' }, plan: { sink: { sink: 'drop' } } } });
    const bad = text.replace('drop()', 'nope()');
    const { compiled, problems } = await kql.check(bad);
    expect(compiled).toBeNull();
    expect(problems.filter(({ severity }) => severity === 'error').map(({ path, start: from, end }) => [path, bad.slice(from, end)])).toEqual([[['kql'], 'nope']]);
    expect(await kql.check('name: [')).toMatchObject({ document: null });
    if (good.compiled === null) throw new Error('it did not compile');
    const found = await kql.conflicts([good.compiled, { ...good.compiled, name: 'y', order: 200 }]);
    expect(found).toMatchObject([{ rule: 'y', withRule: 'x', level: 'never' }]);
  });
  it('fails what waits when the worker does not answer, and starts another', async () => {
    const kql = start({ timeoutMs: 1 });
    await expect(kql.compile('Logs', 'filter')).rejects.toThrow('did not answer');
    await expect(kql.compile('Logs', 'filter')).rejects.toThrow('did not answer');
  });
  it('compiles nothing after stop', async () => {
    const kql = start();
    const waiting = expect(kql.compile('Logs', 'filter')).rejects.toThrow('stopped');
    await kql.stop();
    await waiting;
    await expect(kql.compile('Logs', 'filter')).rejects.toThrow('stopped');
  });
});
