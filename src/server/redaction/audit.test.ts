// The redaction audit over real sockets: reports of fake agents in, answers of the API out.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { apiError, auditList, canaryRun, canaryStatus, redactionOverview, redactionSeries, redactionSourceDetail, redactionSources, residualScanStarted, ruleDetail, type RedactionReport } from '../../model/index.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { leakedCell, maskedCell, redactionReport } from '../testing/redaction.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

const clock = new ManualClock(1_800_000_000_000_000_000n);
const nowMs = () => Number(clock.nowUnixNano() / 1_000_000n);
const server = new TestServer({ clock });
let [one, two] = [] as unknown as [FakeAgent, FakeAgent];
const connect = (letter: string, host: string) => FakeAgent.connect({ url: server.url, agentToken, id: letter.repeat(32), host });
beforeAll(async () => {
  await server.start();
  [one, two] = [await connect('a', 'web-1'), await connect('b', 'web-2')];
});
afterAll(async () => { await one.close(); await two.close(); await server.remove(); });

const call = (method: string, path: string, body?: unknown) => server.call(method, `/api/v1/redaction${path}`, body);
const overview = async (seconds = 900) => redactionOverview.parse((await call('GET', `/overview?seconds=${seconds}`)).body);
const sources = async (query = '') => redactionSources.parse((await call('GET', `/sources?seconds=900${query}`)).body);
const detail = async (id: string) => redactionSourceDetail.parse((await call('GET', `/sources/${id}`)).body);
const audit = async (action: string) => auditList.parse((await server.call('GET', '/api/v1/audit')).body).entries.filter((entry) => entry.action === action);
/** A second passes at the agents, which then report; waits until the server has taken it. */
const report = async (reports: readonly (readonly [FakeAgent, Partial<RedactionReport>])[]) => {
  clock.advanceMs(1000);
  const before = (await overview()).scanned.ofRecords;
  const all = reports.map(([agent, more]) => [agent, redactionReport(nowMs(), more)] as const);
  for (const [agent, content] of all) agent.sendCustom('redaction.report', content);
  await expect.poll(async () => (await overview()).scanned.ofRecords).toBe(before + all.reduce((sum, [, { scanned }]) => sum + scanned.ofRecords, 0));
};
const iso = (ms: number) => new Date(ms).toISOString();
const secondsPass = async (n: number, of: (agent: FakeAgent) => Partial<RedactionReport> = () => ({})) => { for (let i = 0; i < n; i++) await report([[one, of(one)], [two, of(two)]]); };

describe('a leak', () => {
  let rule: { id: string; name: string; version: number };
  let leaks: number[] = [];

  it('is seen with its line of code, exporter and agents', async () => {
    await report([[one, { residual: [leakedCell(nowMs() + 900, { count: 3 })] }], [two, { residual: [leakedCell(nowMs() + 800)] }]]);
    const { sources: [source], more } = await sources();
    expect([source, more]).toMatchObject([{ service: 'cart', durableId: 'src/catalog.ts:88', detector: 'github-token', state: 'leaking', residual: 4, masked: 0, cleanSince: null, agents: 2, rules: [] }, 0]);
    expect(await overview()).toMatchObject({ leaking: 1, clean: 0, worstLeak: { detector: 'github-token', service: 'cart', residual: 4 }, scanned: { found: 4, records: 20, ofRecords: 20 }, coverageSeconds: 60, coverage: [{ service: 'cart', records: 20, coveredRecords: 20 }] });
  });

  it('stops agent by agent, to the millisecond, once a policy hides it', async () => {
    const made = ruleDetail.parse((await server.call('POST', '/api/v1/rules', { document: { name: 'hide-tokens', kind: 'redaction-policy' } })).body);
    rule = { id: made.id, name: 'hide-tokens', version: 1 };
    await server.call('POST', `/api/v1/rules/${made.id}/deploy`, { version: 1 });
    const deployedMs = nowMs();
    // The proof that it stopped needs no waiting for a sample.
    await two.untilCustom<{ untilUnixMs: number }>('redaction.residual-scan', ({ untilUnixMs }) => untilUnixMs === deployedMs + 20_000);
    for (const agent of [one, two]) await agent.untilConfig(({ rules }) => rules.some(({ id, policy, plan }) => id === made.id && policy?.mode === 'mask' && plan === null));
    clock.advanceMs(200);
    one.apply();
    await expect.poll(async () => (await server.call('GET', '/api/v1/agents')).body).toMatchObject({ agents: [{ configStatus: 'applied', effectiveConfigHash: expect.stringMatching(/./) as string }, {}] });
    // On web-1 a last one leaves before the rule hides the next; web-2 has not applied it and goes on leaking.
    const leakMs = nowMs() + 100;
    await report([[one, { residual: [leakedCell(leakMs)], cells: [maskedCell(leakMs + 250, { rule, fingerprints: ['00000000000000aa'], lastUnixMs: leakMs + 600, count: 2 })] }], [two, { residual: [leakedCell(nowMs() + 900)] }]]);
    for (let i = 0; i < 6; i++) await report([[one, { cells: [maskedCell(nowMs() + 500, { rule })] }], [two, { residual: [leakedCell(nowMs() + 900)] }]]);
    const { sources: [source] } = await sources();
    expect(source).toMatchObject({ state: 'leaking', cleanSince: null, masked: 8, residual: 12, distinct: 1, distinctIsFloor: false, rules: [{ id: rule.id, version: 1, action: 'mask' }] });
    const of = await detail(source?.id ?? '');
    expect([of.deployedAt, of.leakedSinceDeploy, of.agents.map(({ leakedSinceDeploy }) => leakedSinceDeploy)]).toEqual([iso(deployedMs), 8, [1, undefined]]);
    expect(of.agents).toMatchObject([
      { agent: { name: 'weir-agent@web-1', connected: true }, masked: 8, rules: [rule], exporters: [{ name: 'otlp-main', residual: 4 }], appliedAt: iso(deployedMs + 200), firstMaskedAt: iso(leakMs + 250), lastLeakAt: iso(leakMs), stoppedAt: iso(leakMs + 1) },
      { agent: { name: 'weir-agent@web-2', connected: true }, masked: 0, rules: [], exporters: [{ name: 'otlp-main', residual: 8 }], appliedAt: null, firstMaskedAt: null, stoppedAt: null },
    ]);
    leaks = [leakMs, nowMs() - 100];
  });

  it('is clean when the last agent has stopped', async () => {
    await secondsPass(6, () => ({ cells: [maskedCell(nowMs() - 500, { rule })] }));
    const { sources: [source] } = await sources();
    expect(source).toMatchObject({ state: 'clean', cleanSince: iso((leaks[1] ?? 0) + 1), lastLeakAt: iso(leaks[1] ?? 0) });
    expect(source?.note).toMatch(/^Since then all \d+ records of .* were scanned\. Likewise on 1 more agent\.$/);
    expect(await overview()).toMatchObject({ leaking: 0, clean: 1, worstLeak: null, lastStopped: { detector: 'github-token', at: source?.cleanSince } });
  });

  it('is found by filters, and over time', async () => {
    expect((await sources('&q=CATALOG&state=clean&service=cart&detector=github-token')).sources).toHaveLength(1);
    for (const none of ['&q=nowhere', '&state=leaking', '&service=shop', '&detector=email']) expect((await sources(none)).sources).toEqual([]);
    const { sources: [source] } = await sources();
    expect(source?.spark.reduce((sum, { masked, residual }) => sum + masked * 1000 + residual, 0)).toBe((source?.masked ?? 0) * 1000 + (source?.residual ?? 0));
    const by = async (name: string) => redactionSeries.parse((await call('GET', `/series?seconds=900&by=${name}&source=${source?.id ?? ''}`)).body);
    expect((await by('state')).series.map(({ name, counts }) => [name, counts.reduce((a, b) => a + b)]).sort()).toEqual([['masked', 20], ['residual', 12]]);
    expect((await by('rule')).series.map(({ name }) => name).sort()).toEqual(['hide-tokens', 'no rule']);
    const byDetector = await by('detector');
    expect(byDetector.times).toHaveLength(byDetector.series[0]?.counts.length ?? 0);
    expect([(await call('GET', '/series?source=nope')).status, (await call('GET', '/sources/nope')).status, (await call('GET', '/overview?seconds=1')).status]).toEqual([404, 404, 400]);
  });

  it('is narrowed to a part of the range', async () => {
    const { sources: [source] } = await sources();
    const series = redactionSeries.parse((await call('GET', '/series?seconds=900&by=state')).body);
    const [first, end] = [Math.floor(Date.parse(source?.firstSeenAt ?? '') / 10_000) * 10_000, series.times.at(-1)! + series.bucketMs];
    const parts = await Promise.all(Array.from({ length: (end - first) / 10_000 }, async (_, i) => (await sources(`&from=${first + i * 10_000}&to=${first + (i + 1) * 10_000}`)).sources));
    expect(parts.flat().reduce((sum, { masked, residual }) => sum + masked * 1000 + residual, 0)).toBe(20_012);
    expect((await sources(`&from=${first - 60_000}&to=${first}`)).sources).toEqual([]);
    expect((await call('GET', `/series?seconds=900&by=state&from=${first - 60_000}&to=${first}`)).body).toMatchObject({ series: [] });
  });

  it('is proved in a file: its hash, its taker and its range are audited', async () => {
    const read = async (format: string) => { const answer = await server.call('GET', `/api/v1/redaction/export?seconds=900&format=${format}`); return { ...answer, text: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body) }; };
    const jsonl = await read('jsonl');
    expect([jsonl.headers.get('content-type'), jsonl.headers.get('content-disposition')]).toEqual(['application/x-ndjson', expect.stringMatching(/^attachment; filename="weir-redaction-[^"]*\.jsonl"/)]);
    const lines = jsonl.text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ kind: 'header', by: 'local', generatedAt: iso(nowMs()), agents: [{ name: 'weir-agent@web-1', rules: [{ id: rule.id, version: 1 }] }, { name: 'weir-agent@web-2' }], rules: [{ name: 'hide-tokens', version: 1 }], scannedShare: 1, summary: { coverage: [{ service: 'cart' }], period: {} } });
    // The full scan after the deployment, which nobody asked for but Weir.
    const [scan, ...proved] = lines.filter(({ kind }) => kind === 'full-scan' || kind === 'source');
    expect(scan).toMatchObject({ kind: 'full-scan', from: iso(Number(scan?.fromUnixMs)), by: 'weir', rule: 'hide-tokens', agents: ['weir-agent@web-1', 'weir-agent@web-2'] });
    expect([scan?.records, scan?.ofRecords]).toEqual([260, 260]);
    expect(proved[0]).toMatchObject({ kind: 'source', sourceKind: 'secret', state: 'clean', agents: [{ stoppedAt: iso((leaks[0] ?? 0) + 1) }, {}] });
    // What is on screen has the same counts in the file, whose header names the range.
    const { sources: [shown] } = await sources();
    expect(proved[0]).toMatchObject({ id: shown?.id, masked: shown?.masked, residual: shown?.residual, distinct: shown?.distinct, scannedSince: shown?.scannedSince, hiddenBy: rule });
    expect(lines[0]?.range).toMatchObject({ seconds: 900, from: iso(Math.floor((nowMs() - 900_000) / 10_000) * 10_000), to: iso(nowMs()) });
    const counts = lines.filter(({ kind }) => kind === 'count');
    expect(counts.filter(({ outcome }) => outcome === 'left').reduce((sum, { findings }) => sum + Number(findings), 0)).toBe(12);
    expect(lines.at(-1)).toEqual({ kind: 'end', sources: 1, rows: counts.length });
    expect((await audit('redaction.export'))[0]).toMatchObject({ actor: 'local', detail: { after: { format: 'jsonl', rows: counts.length, sha256: createHash('sha256').update(jsonl.text).digest('hex') } } });

    const table = (await read('csv')).text.split('\r\n').filter((line) => !line.startsWith('#'));
    expect([table[0]?.split(',').slice(0, 3), table.length]).toEqual([['time', 'state', 'cleanSince'], counts.length + 2]);
    const otlp = (await read('otlp')).body as { resourceLogs: { scopeLogs: { logRecords: { eventName: string; timeUnixNano: string }[] }[] }[] };
    expect(otlp.resourceLogs[0]?.scopeLogs[0]?.logRecords.map(({ eventName }) => eventName)).toEqual(['weir.redaction.proof', 'weir.redaction.full_scan', 'weir.redaction.source', ...counts.map(() => 'weir.redaction.count')]);
  });

  it('leaks again when it leaves again', async () => {
    await report([[one, { residual: [leakedCell(nowMs() + 500)] }], [two, {}]]);
    expect((await sources()).sources[0]).toMatchObject({ state: 'leaking', cleanSince: null });
    await secondsPass(6, () => ({ cells: [maskedCell(nowMs() - 100, { rule })] }));
    expect((await sources()).sources[0]).toMatchObject({ state: 'clean' });
  });

  let revision = 0;
  const applied = async (runs: boolean) => {
    for (const agent of [one, two]) { revision = (await agent.untilConfig((config) => config.revision > revision - Number(agent === two) && config.rules.some(({ id }) => id === rule.id) === runs)).revision; agent.apply(); }
    await expect.poll(async () => (await server.call('GET', '/api/v1/agents')).body).toMatchObject({ agents: [{ configStatus: 'applied' }, { configStatus: 'applied' }] });
  };

  it('is unproved once its rule is off, and says who took it off when it leaves again', async () => {
    two.apply();
    await expect.poll(async () => (await server.call('GET', '/api/v1/agents')).body).toMatchObject({ agents: [{ configStatus: 'applied' }, { configStatus: 'applied' }] });
    await server.call('POST', `/api/v1/rules/${rule.id}/disable`);
    const [offMs, disabledAt] = [nowMs(), iso(nowMs())];
    await applied(false);
    await expect.poll(async () => (await overview()).unproved).toBe(1);
    await secondsPass(6);
    const { sources: [unproved] } = await sources('&state=unproved');
    expect(unproved).toMatchObject({ state: 'unproved', cleanSince: null, neverLeft: false, note: expect.stringContaining('when hide-tokens was taken off.') as string });
    expect(unproved?.againSince).toBeUndefined();
    expect((await detail(unproved?.id ?? '')).agents).toMatchObject([{ state: 'unproved', stoppedAt: null, applied: [] }, { state: 'unproved' }]);
    await report([[one, { residual: [leakedCell(nowMs() + 500)] }], [two, {}]]);
    const againMs = nowMs() - 500;
    expect((await sources()).sources[0]).toMatchObject({ state: 'leaking', againSince: iso(againMs), endedBy: { rule: 'hide-tokens', by: 'local', at: disabledAt } });
    expect(againMs).toBeGreaterThan(offMs);
  });

  it('has its rule applied where the rule says so, before anything came to be hidden', async () => {
    const { sources: [source] } = await sources();
    await server.call('POST', `/api/v1/rules/${rule.id}/deploy`, { version: 1 });
    const at = iso(nowMs());
    await applied(true);
    await expect.poll(async () => (await server.call('GET', `/api/v1/rules/${rule.id}`)).body).toMatchObject({ appliedAgents: 2, targetAgents: 2 });
    expect((await detail(source?.id ?? '')).agents).toMatchObject(// On web-2 it stopped before that agent said what it runs: the moment of this deployment is not the one of that stop.
      [{ state: 'leaking', appliedAt: at, firstMaskedAt: null }, { state: 'clean', appliedAt: null, stoppedAt: iso((leaks[1] ?? 0) + 1) }].map((stands) => ({ ...stands, appliedRule: rule, applied: [{ id: rule.id, version: 1, at }] })));
    await secondsPass(7, () => ({ cells: [maskedCell(nowMs() - 100, { rule })] }));
    expect((await sources()).sources[0]).toMatchObject({ state: 'clean', residualIsFloor: false });
  });
});

describe('what a policy lets pass', () => {
  it('is no leak while the policy runs, and counts apart', async () => {
    const made = ruleDetail.parse((await server.call('POST', '/api/v1/rules', { document: { name: 'let-mails', kind: 'redaction-policy', entries: [{ key: 'contact', do: 'ignore', reason: 'a test' }] } })).body);
    await server.call('POST', `/api/v1/rules/${made.id}/deploy`, { version: 1 });
    for (const agent of [one, two]) { await agent.untilConfig(({ rules }) => rules.some(({ id }) => id === made.id)); agent.apply(); }
    await expect.poll(async () => (await server.call('GET', '/api/v1/agents')).body).toMatchObject({ agents: [{ configStatus: 'applied' }, { configStatus: 'applied' }] });
    const place = { key: 'contact', detector: 'email', place: 'attribute' } as const;
    const passes = () => ({ cells: [maskedCell(nowMs() - 500, { ...place, rule: { id: made.id, name: 'let-mails', version: 1 }, action: 'ignore', count: 4 })], residual: [leakedCell(nowMs() - 400, { ...place, count: 4 })] });
    await secondsPass(2, passes);
    const { sources: [source] } = await sources('&state=ignored');
    expect(source).toMatchObject({ detector: 'email', state: 'ignored', ignored: 16, residual: 16, masked: 0, rules: [], ignoredBy: [{ name: 'let-mails', version: 1 }], cleanSince: null, note: 'Left in clear on purpose, by policy let-mails v1.' });
    expect(await overview()).toMatchObject({ leaking: 0, ignored: 1, clean: 1 });
    await server.call('POST', `/api/v1/rules/${made.id}/disable`);
    const endedMs = nowMs();
    for (const agent of [one, two]) { await agent.untilConfig(({ rules }) => !rules.some(({ id }) => id === made.id)); agent.apply(); }
    await expect.poll(async () => (await overview()).leaking).toBe(1);
    await server.call('DELETE', `/api/v1/rules/${made.id}`);
    clock.advanceMs(60_000);
    await report([[one, {}], [two, {}]]);
    expect(await overview()).toMatchObject({ leaking: 0, ignored: 0 });
    const { sources: ended } = await sources('&detector=email');
    // Not from its last leak: until then it was let out.
    expect(ended).toMatchObject([{ state: 'clean', cleanSince: iso(endedMs + 1) }]);
    expect(Date.parse(ended[0]?.lastLeakAt ?? '')).toBeLessThan(endedMs);
    // Nothing but this minute is covered now, whatever the range.
    expect((await overview()).coverage).toMatchObject([{ records: 20 }]);
  });
});

describe('a full scan', () => {
  it('is asked of all agents, of those that come later, ends early, and is audited', async () => {
    const started = residualScanStarted.parse((await call('POST', '/residual-scan', { seconds: 60 })).body);
    expect(started).toEqual({ until: iso(nowMs() + 60_000), agents: 2 });
    await two.untilCustom<{ untilUnixMs: number }>('redaction.residual-scan', ({ untilUnixMs }) => untilUnixMs === nowMs() + 60_000);
    expect((await overview()).scanned.fullUntil).toBe(started.until);
    const late = await connect('c', 'web-3');
    expect(await late.untilCustom('redaction.residual-scan')).toEqual({ untilUnixMs: nowMs() + 60_000 });
    await late.close();
    await secondsPass(3);
    expect((await overview()).fullScans?.[0]).toMatchObject({ by: 'local', toUnixMs: Date.parse(started.until ?? ''), records: 60, ofRecords: 60, found: 0, agents: ['weir-agent@web-1', 'weir-agent@web-2'] });
    expect(residualScanStarted.parse((await call('POST', '/residual-scan', { seconds: 0 })).body)).toEqual({ until: null, agents: 2 });
    expect(await one.untilCustom<{ untilUnixMs: number }>('redaction.residual-scan', ({ untilUnixMs }) => untilUnixMs === 0)).toEqual({ untilUnixMs: 0 });
    expect((await overview()).scanned.fullUntil).toBeNull();
    expect((await overview()).fullScans?.[0]?.toUnixMs).toBe(nowMs());
    expect([await audit('redaction.scan'), await audit('redaction.scan-end')]).toMatchObject([[{ actor: 'local', detail: { after: { until: started.until } } }], [{ detail: { before: { until: started.until }, after: { until: null } } }]]);
  });
});

describe('a canary run', () => {
  const probe = { input: 'otlp-http', output: 'exporter', signal: 'logs', place: 'body', detector: 'github-token', outcome: 'stopped', rule: 'hide-tokens', meantBy: 'hide-tokens' } as const;
  it('goes to every agent; one answers, one never does', async () => {
    const run = canaryRun.parse((await call('POST', '/canary', {})).body);
    expect(run.agents.map(({ name, state }) => [name, state])).toEqual([['weir-agent@web-1', 'running'], ['weir-agent@web-2', 'running'], ['weir-agent@web-3', 'away']]);
    expect(apiError.parse((await call('POST', '/canary', {})).body).error.code).toBe('canary.running');
    const asked = await one.untilCustom<{ run: string; seed: number }>('redaction.canary');
    expect(asked).toEqual({ run: run.id, seed: expect.any(Number) as number });
    two.sendCustom('redaction.canary-result', { run: 'another', startedUnixMs: 0, finishedUnixMs: 1, probes: [], problem: null });
    one.sendCustom('redaction.canary-result', { run: run.id, startedUnixMs: nowMs(), finishedUnixMs: nowMs(), probes: [probe, { ...probe, outcome: 'leaked', rule: null, meantBy: null }], problem: null });
    const status = async () => canaryStatus.parse((await call('GET', '/canary')).body);
    await expect.poll(async () => (await status()).last?.agents.map(({ state }) => state)).toEqual(['done', 'running', 'away']);
    clock.advanceMs(61_000);
    expect(await status()).toMatchObject({ running: false, last: { id: run.id, finishedAt: iso(nowMs()), rulesChangedSince: 0, agents: [{ probes: [probe, { outcome: 'leaked', meantBy: null }] }, { state: 'failed', problem: expect.stringContaining('no result within 60 s') as string }, {}] } });
    await expect.poll(async () => (await audit('redaction.canary-end')).length).toBe(1);
    expect([(await audit('redaction.canary'))[0], (await audit('redaction.canary-end'))[0]]).toMatchObject([{ actor: 'local' }, { actor: 'weir', detail: { after: { agents: 3, done: 1, stopped: 1, leaked: 1, notSeen: 0 } } }]);
    const file = (await server.call('GET', '/api/v1/redaction/export?seconds=900&format=csv')).body as string;
    expect(file).toContain(`# canary: {"id":"${run.id}"`);
    await report([[one, { residual: [leakedCell(nowMs(), { service: `weir-canary-${run.id}` })] }]]);
    expect((await sources('&state=leaking')).sources).toEqual([]);
    const made = ruleDetail.parse((await server.call('POST', '/api/v1/rules', { document: { name: 'hide-more', kind: 'redaction-policy' } })).body);
    expect((await status()).last?.rulesChangedSince).toBe(0);
    await server.call('POST', `/api/v1/rules/${made.id}/deploy`, { version: 1 });
    expect((await status()).last?.rulesChangedSince).toBe(1);
    await server.call('POST', `/api/v1/rules/${made.id}/disable`);
    expect((await status()).last?.rulesChangedSince).toBe(0);
  });
});

describe('the key', () => {
  it('comes at connect, one for all agents, and stands nowhere else', async () => {
    const [first, second] = [await one.untilCustom<{ period: string; key: string }>('redaction.key'), await two.untilCustom<{ period: string; key: string }>('redaction.key')];
    expect(first).toEqual({ period: iso(nowMs()).slice(0, 10), key: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as string });
    expect(second).toEqual(first);
    const data = join(server.directory, 'data');
    expect(statSync(join(data, 'redaction.key')).mode & 0o777).toBe(0o600);
    const written = readdirSync(data, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
    for (const path of ['/api/v1/redaction/overview', '/api/v1/audit', '/api/v1/agents', '/api/v1/openapi.json']) written.push(Buffer.from(JSON.stringify((await server.call('GET', path)).body)));
    for (const bytes of written) for (const form of [Buffer.from(first.key), Buffer.from(first.key, 'base64'), Buffer.from(Buffer.from(first.key, 'base64').toString('hex'))]) expect(bytes.includes(form)).toBe(false);
  });
});

it('a restart keeps every count, state, run and key', async () => {
  const read = async () => ({ overview: { ...await overview(), book: null }, sources: (await sources()).sources, canary: (await call('GET', '/canary')).body, details: (await detail((await sources()).sources[0]?.id ?? '')).agents.map(({ agent: { name }, ...rest }) => ({ name, ...rest })) });
  const { key } = await one.untilCustom<{ key: string }>('redaction.key');
  const before = await read();
  await server.stop();
  await Promise.all([one.closed(), two.closed()]);
  await server.start();
  expect(await read()).toEqual(before);
  [one, two] = [await connect('a', 'web-1'), await connect('b', 'web-2')];
  expect((await one.untilCustom<{ key: string }>('redaction.key')).key).toBe(key);
});
