// What the server asks is answered, whatever stands in the way: who asked would wait for it.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Failure } from '../../base/index.ts';
import { actionPreviewResult, actionReport } from '../../model/index.ts';
import { directoryFiles, systemClock, systemRandom } from '../ports/index.ts';
import { openDiagnostics } from './diagnostics.ts';

async function diagnosticsHere(gate: () => Failure | null = () => null) {
  const directory = mkdtempSync(join(tmpdir(), 'weir-diagnostics-'));
  const sent: { readonly type: string; readonly content: unknown }[] = [];
  const pipeline = { runRecorder: () => null, readRecorder: () => null, recorderKeys: () => [], openValve: () => undefined, closeValve: () => 0 } as never;
  const opened = await openDiagnostics({
    directory, files: directoryFiles(directory), clock: systemClock, random: systemRandom, hostNames: [], pipeline, server: null, gate,
    send: (type, content) => { sent.push({ type, content }); }, emit: () => { /* nothing passes here */ },
  });
  if (!opened.ok) throw new Error(opened.error.message);
  onTestFinished(async () => { await opened.value.stop(); rmSync(directory, { recursive: true, force: true }); });
  const ask = (type: string, content: unknown): string => opened.value.handlers.find(([name]) => name === type)![1](content);
  return { directory, sent, ask };
}
const preview = { ask: 'one', action: 'collect-state', target: { pid: process.pid }, parameters: {} };

it('a preview while the rip cord is pulled says so', async () => {
  const { sent, ask } = await diagnosticsHere(() => ({ code: 'agent.rip-cord', message: 'The rip cord is pulled.' }));
  expect(ask('action.preview', preview)).toBe('');
  await expect.poll(() => sent).toMatchObject([{ type: 'action.preview-result', content: { ask: 'one', preview: { problems: [{ code: 'agent.rip-cord', canForce: false }] } } }]);
  expect(actionPreviewResult.safeParse(sent[0]?.content).success).toBe(true);
});

it('a preview while the policy cannot be used says what is wrong with it', async () => {
  const { directory, sent, ask } = await diagnosticsHere();
  writeFileSync(join(directory, 'actions-policy.json'), '{');
  ask('action.preview', preview);
  await expect.poll(() => sent).toMatchObject([{ content: { ask: 'one', preview: { process: null, problems: [{ code: 'action.bad-policy' }] } } }]);
});

it('a preview, a run and a list whose files cannot be read are answered', async () => {
  const { directory, sent, ask } = await diagnosticsHere();
  for (const name of ['actions.json', 'action-claims.json']) writeFileSync(join(directory, name), 'no book');
  ask('action.preview', { ...preview, target: { pid: 1 } });
  const id = randomUUID();
  ask('action.run', { id, action: 'collect-state', target: { pid: process.pid }, parameters: {}, asker: { kind: 'person', name: 'a', id: null }, incident: null, force: false });
  ask('processes.list', { ask: 'two' });
  const last = (type: string): unknown => sent.findLast((one) => one.type === type)?.content;
  await expect.poll(() => last('action.preview-result')).toMatchObject({ ask: 'one', preview: { problems: expect.arrayContaining([expect.objectContaining({ canForce: false })]) } });
  await expect.poll(() => last('action.report')).toMatchObject({ id, state: 'refused', why: { code: expect.any(String) } });
  expect(actionReport.safeParse(last('action.report')).success).toBe(true);
  await expect.poll(() => last('processes.report')).toMatchObject({ ask: 'two' });
});
