// A real agent, its own receivers, a policy that masks: what the canary says about it, with and without the policy.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canaryResult, type AgentRuleInput, type CanaryResult } from '../../model/index.ts';
import { startAgent, type RunningAgent } from '../index.ts';
import { Downstream } from '../test-support/downstream.ts';
import { FakeServer } from '../test-support/fake-server.ts';
import { until } from '../test-support/until.ts';

let server: FakeServer;
let downstream: Downstream;
let agent: RunningAgent;
let offers = 0;

beforeEach(async () => {
  server = new FakeServer();
  downstream = new Downstream();
  agent = await startAgent({ dataDir: await mkdtemp(join(tmpdir(), 'weir-canary-test-')), otlpHttpPort: 0, otlpGrpcPort: 0, server: await server.start(), agentToken: 'x', forward: await downstream.start() });
  await until(() => server.control !== null);
});
afterEach(async () => { await agent.stop(); await downstream.stop(); await server.stop(); });

const policy: AgentRuleInput = { id: 'p1', name: 'redaction', version: 3, order: 0, plan: null, policy: {} };

async function run(rules: readonly AgentRuleInput[], name = 'r1', seed = 7): Promise<CanaryResult> {
  server.offer({ version: 1, revision: 1, rules }, ++offers);
  await until(() => server.configStatuses().some(({ status, hash }) => status === 1 && hash === offers));
  server.sendCustom('redaction.canary', { run: name, seed });
  const results = () => server.messages.flatMap(({ customMessage }) => (customMessage?.type === 'redaction.canary-result' ? [canaryResult.parse(JSON.parse(Buffer.from(customMessage.data).toString()))] : []));
  await until(() => results().length > 0);
  return results()[0]!;
}

describe('with no rule', () => {
  it('every secret reaches exporter, tail and recorder, and none the audit or the files', async () => {
    const { probes, problem } = await run([]);
    expect(problem).toBeNull();
    const by = (output: string): string[] => [...new Set(probes.filter((probe) => probe.output === output).map(({ outcome }) => outcome))];
    expect([by('exporter default'), by('tail'), by('recorder'), by('audit'), by('files')]).toEqual([['leaked'], ['leaked'], ['leaked'], ['stopped'], ['stopped']]);
    expect(new Set(probes.map(({ input }) => input)).size).toBe(3);
    expect(new Set(probes.map(({ signal }) => signal)).size).toBe(3);
  });
  it('no generated secret leaves for a downstream', async () => {
    await run([]);
    expect(downstream.count('logs') + downstream.count('spans') + downstream.count('metrics')).toBe(0);
  });
});

describe('with a policy', () => {
  it('every secret is stopped before every output, and the rule is named', async () => {
    const { probes } = await run([policy]);
    expect(probes.filter(({ outcome }) => outcome !== 'stopped')).toEqual([]);
    expect(new Set(probes.map(({ rule }) => rule))).toEqual(new Set(['redaction v3']));
  });
  it('an ignored detector shows as a leak', async () => {
    const all = await run([]);
    const [first] = all.probes;
    server.messages.length = 0;
    const { probes } = await run([{ ...policy, policy: { entries: [{ detectors: [first!.detector], do: 'ignore', reason: 'test' }] } }], 'r2');
    const leaked = new Set(probes.filter(({ outcome, output }) => outcome === 'leaked' && output === 'tail').map(({ detector }) => detector));
    expect(leaked).toEqual(new Set([first!.detector]));
  });
});
