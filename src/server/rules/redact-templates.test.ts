// A redact rule that names the id of a template brings the template along, so that an agent that has never seen such a line lets no secret through.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../../base/index.ts';
import { createPipeline } from '../../engine/index.ts';
import { TemplateMiner, type TemplateBook } from '../../mining/index.ts';
import { agentConfig, ruleDetail, type AgentConfig } from '../../model/index.ts';
import { encodeLogs } from '../../otlp/index.ts';
import { createKqlCompiler } from '../kql/index.ts';
import { FakeAgent } from '../testing/fake-agent.ts';
import { agentToken, TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeEach(async () => { server = await new TestServer({ compiler: createKqlCompiler() }).start(); }, 60_000);
afterEach(async () => { await server.remove(); });

const line = (name: string): string => `mail of ${name} to ann.lee@shop.example was returned`;
const miner = new TemplateMiner();
for (const name of ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove']) { const bytes = Buffer.from(line(name)); miner.mine(bytes, 0, bytes.length); }
const first = Buffer.from(line('heath'));
const { id, aliases, template } = miner.describe(miner.mine(first, 0, first.length));

it('to every agent, under whichever id the rule names it', async () => {
  expect(template).toContain('mail of <*> to');
  const teller = await FakeAgent.connect({ url: server.url, agentToken, id: 'a1'.repeat(16) });
  teller.sendCustom('templates.book', miner.book());
  // The other agent is told of it, so the server knows it.
  const reader = await FakeAgent.connect({ url: server.url, agentToken, id: 'b2'.repeat(16) });
  await reader.untilCustom<TemplateBook>('templates.learn', ({ templates }) => templates.some((one) => one.template === template));
  for (const [name, named, sink] of [['now', id, 'redact("*")'], ['former', aliases[0], 'redact("*")'], ['dropper', id, 'drop()']]) {
    const made = await server.call('POST', '/api/v1/rules', { document: { name, kql: `Logs | where "${named}" == DurableId | invoke ${sink}` } });
    expect((await server.call('POST', `/api/v1/rules/${ruleDetail.parse(made.body).id}/deploy`, { version: 1 })).status).toBe(200);
  }
  const config = await reader.untilConfig(({ rules }) => rules.length === 3);
  expect(config.rules.map(({ name, templates }) => [name, (templates as TemplateBook | undefined)?.templates.map((one) => one.template)]).toSorted()).toEqual([['dropper', undefined], ['former', [template]], ['now', [template]]]);
  for (const name of ['now', 'former']) expect(leftOfFirst(config, name)).not.toContain('ann.lee');
  await reader.close();
  await teller.close();
});

/** What a fresh agent lets through of the first line that it ever sees. */
function leftOfFirst(config: AgentConfig, name: string): string {
  const pipeline = createPipeline({ clock: new ManualClock(1_700_000_000_000_000_000n), resource: {}, recorderBytes: 1, maxGroups: 1 });
  expect(pipeline.replaceRules(agentConfig.parse(config).rules.filter((rule) => rule.name === name))).toMatchObject({ ok: true });
  const left = (body: string): string => { const done = pipeline.process('logs', encodeLogs({}, '', [{ body }]), { in: false, out: false }); return done.ok ? Buffer.from(done.value.out[0]!.bytes).toString() : ''; };
  const first = left(line('heath'));
  // Without the template any body could be meant; with it, what is known to be another is not.
  const others = [1, 2].map(() => left('signed in as ann.lee@shop.example'));
  expect(others[1]).toContain('ann.lee');
  return first;
}
