// What language rules make is handed to none of them; what only claims to be of their making is.
import { afterEach, expect, it, vi } from 'vitest';
import { languageScope } from '../../engine/index.ts';
import type { AgentRuleInput } from '../../model/index.ts';
import { codec } from '../../otlp/index.ts';
import { logRequest } from '../../testing/index.ts';
import { LanguageRunner } from './index.ts';

const clock = { nowUnixNano: () => BigInt(Date.now()) * 1_000_000n, monotonicMs: () => performance.now() };
const rule = (id: string, code: string): AgentRuleInput => ({ id, name: id, version: 1, order: 0, plan: null, language: { javascript: `function onRecord(record, weir) { ${code} }`, signals: ['logs', 'metrics'], when: null, limits: { actions: 0, perMs: 1000, cooldownMs: 0 } } } as unknown as AgentRuleInput);
let runner: LanguageRunner | null = null;
afterEach(async () => { await runner?.stop(); runner = null; });

it('nobody hides from the rules by writing their scope into a request, and they do not feed each other', async () => {
  const emitted: string[] = [];
  const one = runner = new LanguageRunner({
    clock, agent: {}, fire: () => undefined, onDisabled: () => undefined,
    // As the agent does it: through the pipeline, and past whoever sees requests.
    emit: (signal, request) => { emitted.push(signal); const walked = codec.walk(signal, request); if (walked.ok) one.see(walked.value); },
  });
  one.replace([rule('echo', 'weir.emit({ Body: record.Body }); weir.metric("n", 1)')], []);
  const walked = codec.walk('logs', logRequest([{ service: 's', resource: {}, scope: languageScope, record: { body: 'not of a rule' } }]));
  if (!walked.ok) throw new Error(walked.error.message);
  one.see(walked.value);
  await vi.waitFor(() => { expect(emitted).toContain('logs'); }, { timeout: 20_000 });
  one.flush();
  one.see(walked.value);
  await vi.waitFor(() => { expect(one.stats()).toMatchObject([{ matched: 2 }]); }, { timeout: 20_000 });
  one.flush();
  // Whatever came of it would be in the thread by now, and answered before this one.
  one.see(walked.value);
  await vi.waitFor(() => { expect(one.stats()).toMatchObject([{ matched: 3 }]); }, { timeout: 20_000 });
  expect(emitted.filter((signal) => signal === 'logs')).toHaveLength(3);
  expect(emitted.filter((signal) => signal === 'metrics')).toHaveLength(2);
});
