// What an agent makes of its files at the start: whole, torn, of another version.
import { expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8, failure, ManualClock } from '../../base/index.ts';
import { createPipeline } from '../../engine/index.ts';
import { agentConfigFile, type AgentConfig, type AgentRuleInput } from '../../model/index.ts';
import { call, col, lit, plan, rule, where } from '../../testing/index.ts';
import { memoryFiles, type Files } from '../ports/index.ts';
import { RulesStore } from './rules-store.ts';

const nowMs = 1_700_000_000_000;
const drops = (id: string, more: Partial<AgentRuleInput> = {}): AgentRuleInput => ({ ...rule(id, plan('Logs', [where(call('==', col('EventName'), lit(id)))], { sink: 'drop' })), deployment: 1, ...more });
const config = (rules: readonly AgentRuleInput[]) => ({ version: 1, revision: 1, rules });
const saved = (rules: readonly unknown[]): Uint8Array => encodeUtf8(JSON.stringify({ version: 1, configHash: '01', config: { version: 1, revision: 1, rules } }));
const disabled = (id: string, deployment = 1) => ({ id, version: 1, deployment, disabled: { kind: 'memory', reason: 'Held too much.', atUnixMs: nowMs } });
const list = (rules: readonly unknown[]): Uint8Array => encodeUtf8(JSON.stringify({ version: 1, rules }));

async function loaded(files: Record<string, Uint8Array>, given?: Files) {
  const content = new Map(Object.entries(files));
  const pipeline = createPipeline({ clock: new ManualClock(BigInt(nowMs) * 1_000_000n), resource: {}, recorderBytes: 1, maxGroups: 10 });
  const store = new RulesStore(given ?? memoryFiles(content), pipeline);
  await store.load();
  return { store, content, off: () => pipeline.stats().map((stats) => [stats.id, stats.disabled?.kind ?? null]) };
}

it.each([
  ['torn', encodeUtf8('{"version":1,"rules":[{"id":"a"')],
  ['empty', new Uint8Array(0)],
  ['no text', Uint8Array.of(0xff, 0xfe, 0)],
  ['of another shape', encodeUtf8('{"version":2}')],
])('a list of disabled rules that is %s: the rules start, and the health says so until the list is written anew', async (_, bytes) => {
  const { store, off, content } = await loaded({ 'rules.json': saved([drops('a')]), 'disabled.json': bytes });
  expect(off()).toEqual([['a', null]]);
  expect(store.problem).toMatch(/disabled\.json.*start again\.$/);
  await store.noteDisabled([disabled('a') as never]);
  expect(store.problem).toBe('');
  expect(JSON.parse(decodeUtf8(content.get('disabled.json')!))).toMatchObject({ rules: [{ id: 'a' }] });
});

it('entries that can be read count, beside one that cannot', async () => {
  const { store, off } = await loaded({ 'rules.json': saved([drops('a'), drops('b')]), 'disabled.json': list([disabled('a'), { id: 'b' }]) });
  expect(off()).toEqual([['a', 'memory'], ['b', null]]);
  expect(store.problem).toBe('1 of 2 entries in the list of disabled rules on disk (disabled.json) cannot be read. Those rules start again.');
});

it('a list that may not be read is said', async () => {
  const { store } = await loaded({}, { ...memoryFiles(), read: (name) => Promise.resolve(name === 'disabled.json' ? failure('agent.file_unreadable', 'No right to read it.') : { ok: true, value: null }) });
  expect(store.problem).toBe('No right to read it. Rules that had turned themselves off start again.');
});

it('what an earlier deployment did is not held against the next one', async () => {
  const { off } = await loaded({ 'rules.json': saved([drops('a', { deployment: 2, version: 2 })]), 'disabled.json': list([disabled('a', 1)]) });
  expect(off()).toEqual([['a', null]]);
});

it('a rule whose date came while the agent was away never runs, whatever the server says later of another revision', async () => {
  const ended = drops('a', { expiresAtUnixMs: nowMs - 1 });
  const { store, off } = await loaded({ 'rules.json': saved([ended, drops('b', { expiresAtUnixMs: nowMs + 1000 })]) });
  expect(off()).toEqual([['a', 'expired'], ['b', null]]);
  await store.apply({ configMap: new Map([[agentConfigFile, { body: encodeUtf8(JSON.stringify(config([ended, drops('c')]))), contentType: 'application/json' }]]) }, Uint8Array.of(2));
  expect(off()).toEqual([['a', 'expired'], ['c', null]]);
});

it('a clock that was set back starts no rule that has ended by its date', async () => {
  const stillAhead = drops('a', { expiresAtUnixMs: nowMs + 1000 });
  const { off } = await loaded({ 'rules.json': saved([stillAhead]), 'disabled.json': list([{ ...disabled('a'), disabled: { kind: 'expired', reason: 'Reached its end.', atUnixMs: nowMs + 1000 } }]) });
  expect(off()).toEqual([['a', 'expired']]);
});

it('of rules that another version wrote, those that this one takes run', async () => {
  const { store, off } = await loaded({ 'rules.json': saved([drops('a'), { ...drops('b'), plan: { version: 1, table: 'Nonsense', operators: [], sink: { sink: 'drop' } } }, drops('c')]) });
  expect(off().map(([id]) => id)).toEqual(['a', 'c']);
  expect(store.problem).toMatch(/^Rule b: .* Of the 3 rules on disk, 2 run until the server sends them anew\.$/);
  expect(store.isApplied(Uint8Array.of(1))).toBe(false);
  expect((JSON.parse(decodeUtf8(store.effective.configMap.get(agentConfigFile)!.body)) as AgentConfig).rules.map(({ id }) => id)).toEqual(['a', 'c']);
});

it('a thousand rules that end in one second are one write', async () => {
  const writes: string[] = [];
  const files = memoryFiles();
  const { store } = await loaded({}, { ...files, writeAtomically: (name, bytes) => { writes.push(name); return files.writeAtomically(name, bytes); } });
  await store.noteDisabled(Array.from({ length: 1000 }, (_, i) => disabled(`r${i}`) as never));
  expect(writes).toEqual(['disabled.json']);
});

it.each([
  ['torn', encodeUtf8('{"version":1,"config":{"rul'), []],
  ['of a redact rule that this version cannot run', saved([drops('a'), { ...drops('b'), plan: { version: 1, table: 'Nonsense', operators: [], sink: { sink: 'redact', detectors: ['*'], mode: 'mask' } } }]), ['a']],
  ['of a policy that this version cannot run', saved([{ ...drops('p'), plan: null, policy: { detectors: ['no-such-detector'] } }]), []],
] as const)('rules that are %s: what any detector finds is masked until the server sends rules', async (_, bytes, others) => {
  const { store, off } = await loaded({ 'rules.json': bytes });
  expect(off().map(([id]) => id)).toEqual(['weir-fail-safe', ...others]);
  expect(store.problem).toMatch(/masks every secret that it can find\.$/);
  await store.apply({ configMap: new Map([[agentConfigFile, { body: encodeUtf8(JSON.stringify(config([drops('c')]))), contentType: 'application/json' }]]) }, Uint8Array.of(2));
  expect(off().map(([id]) => id)).toEqual(['c']);
});
