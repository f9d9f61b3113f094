// Every byte that the product writes or sends is searched for generated secrets: none of them may leave once the policy is in force,
// and none may ever stand in the data directory, the audit, its exports or a log, not even while they leaked.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { generators, seededRandom } from '../src/redaction/index.ts';
import { forwardingStack } from './support/forwarding-stack.ts';
import { sendRecords, type Sent } from './support/sender.ts';
import { until, type Stack } from './support/stack.ts';
import { openTail } from './support/tail-frames.ts';

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; });
test.beforeAll(() => { sink.keepsRaw = true; });

interface Secret { readonly detector: string; readonly telling: string; readonly record: Sent }
/** Records of one request: what is scanned of one is bounded in time. */
const batch = 15;
/** Shorter ones could stand in a binary file by chance. */
const leastLength = 13;

/** One of each kind, in a body and in an attribute by turns. */
function secretsOf(seed: number, event: string): Secret[] {
  const random = seededRandom(seed);
  return generators.flatMap(({ detector, positive }, i) => {
    const { secret, text, key } = positive(random);
    // Breaks between lines may be written in other ways: the longest line tells.
    const telling = secret.split(/\r?\n|\\n/).reduce((longest, line) => (line.length > longest.length ? line : longest), '');
    if (telling.length < leastLength) return [];
    const record = key === undefined && i % 2 === 0 ? { event, body: text } : { event, body: 'x', attributes: { [key ?? 'note']: text } };
    return [{ detector, telling, record: { ...record, service: 'leaky' } }];
  });
}

const found = (secrets: readonly Secret[], text: string): string[] => secrets.filter(({ telling }) => text.includes(telling)).map(({ detector }) => detector);

function filesOf(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => readFileSync(join(one.parentPath, one.name)).toString('utf8')).join('\n');
}

/** All that the audit says, in every form. */
async function audit(): Promise<string> {
  const asked = ['/redaction/overview?seconds=3600', '/redaction/sources?seconds=3600', '/redaction/series?seconds=3600&by=key', '/redaction/series?seconds=3600&by=detector', '/audit?limit=100', '/overview?seconds=300', '/agents'];
  const answers = await Promise.all(asked.map(async (path) => JSON.stringify(await stack.api(path))));
  const exports = await Promise.all(['jsonl', 'csv', 'otlp'].map(async (format) => (await fetch(`${stack.origin}/api/v1/redaction/export?format=${format}&seconds=3600`, { headers: { authorization: 'Bearer a-token-for-tests-only' } })).text()));
  return [...answers, ...exports].join('\n');
}

test('no secret is written anywhere, and none leaves once the policy is in force', async () => {
  const tails = await Promise.all([openTail(stack, 'in'), openTail(stack, 'out')]);
  const before = secretsOf(11, 'Before');
  await until('the agent takes the full scan', async () => (await stack.api<{ agents: number }>('/redaction/residual-scan', { method: 'POST', body: JSON.stringify({ seconds: 300 }) })).agents === 1);
  for (let i = 0; i < before.length; i += batch) await sendRecords(stack, before.slice(i, i + batch).map(({ record }) => record));
  await until('they have left, for nothing hides them yet', () => sink.count('Before') === before.length);
  expect(found(before, Buffer.concat(sink.raw).toString('utf8')), 'the search itself finds what is there').toHaveLength(before.length);
  await until('the residual scan has seen them leave', async () => (await stack.api<{ leaking: number }>('/redaction/overview?seconds=300')).leaking > 10);
  expect(found(before, await audit()), 'in the audit while they leak').toEqual([]);
  expect(found(before, filesOf(stack.dataDir)), 'in the data directory while they leak').toEqual([]);

  const { id } = await stack.api<{ id: string }>('/rules', { method: 'POST', body: JSON.stringify({ text: 'weir: 1\nkind: redaction-policy\nname: everything\n' }) });
  await stack.api(`/rules/${id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1 }) });
  await until('the policy is applied', async () => (await stack.api<{ appliedAgents: number }>(`/rules/${id}`)).appliedAgents === 1);

  sink.raw.length = 0;
  const after = secretsOf(12, 'After');
  await sendRecords(stack, after.map(({ record }) => record));
  await until('their records have left', () => sink.count('After') === after.length);
  await until('the audit has counted them', async () => (await stack.api<{ masked: number }>('/redaction/overview?seconds=300')).masked >= after.length);
  expect(found(after, Buffer.concat(sink.raw).toString('utf8')), 'in what left for the downstream').toEqual([]);
  for (const tail of tails) expect(found(after, tail.bytes().toString('utf8')), 'in the tail').toEqual([]);
  const all = [...before, ...after];
  expect(found(all, await audit()), 'in the audit').toEqual([]);
  expect(found(all, filesOf(stack.dataDir)), 'in the data directory').toEqual([]);
  expect(found(all, stack.stdout() + stack.stderr()), 'in the logs').toEqual([]);
  for (const tail of tails) tail.close();
});
