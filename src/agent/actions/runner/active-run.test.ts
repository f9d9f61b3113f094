// What a run keeps once somebody has cancelled it: nothing.
import { expect, it } from 'vitest';
import { ok } from '../../../base/index.ts';
import type { ActionRequest } from '../../../model/index.ts';
import type { ArtifactDraft } from '../../artifacts/sink.ts';
import { ActiveRun } from './active-run.ts';

it('a result that comes after the cancel is not kept, and its file goes', async () => {
  const said: string[] = [];
  const draft = { path: '/none', discard: () => { said.push('discard'); return Promise.resolve(); }, commit: () => { said.push('commit'); return Promise.reject(new Error('never')); } } as unknown as ArtifactDraft;
  const request = { id: 'a', action: 'memory-dump', asker: { kind: 'person', name: 'p', id: null }, incident: null, parameters: {}, target: null, force: false } as ActionRequest;
  const run = new ActiveRun({ request, sink: { freeBytes: () => Promise.resolve(1e9), open: () => Promise.resolve(ok(draft)) }, nowUnixMs: () => 1, onChange: () => undefined });
  await run.open('heap.heapsnapshot');
  run.abort('cancelled');
  expect(await run.keep(draft, { kind: 'heap-snapshot', format: 'heapsnapshot', name: 'heap.heapsnapshot', sensitive: true, summary: '' })).toMatchObject({ ok: false, error: { code: 'action.cancelled' } });
  await run.discardDrafts();
  expect([said, run.report.artifacts]).toEqual([['discard'], []]);
});
