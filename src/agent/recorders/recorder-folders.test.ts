// Recorders beyond a restart: what nobody defines any more goes, what was stopped stays stopped.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8, failure, ManualClock } from '../../base/index.ts';
import { createPipeline, usualRecorder, type Pipeline } from '../../engine/index.ts';
import type { AgentRecorder } from '../../model/index.ts';
import { memoryFiles } from '../ports/index.ts';
import { ruleRunners } from '../rule-runners.ts';
import { RecorderFolders, StoppedRecorders } from './index.ts';
import { stoppedFile } from './stopped-recorders.ts';

let directory: string;
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'weir-folders-')); });
afterEach(() => { rmSync(directory, { recursive: true, force: true }); });

const shape = (name: string): Parameters<RecorderFolders['open']>[0] => ({ name, maxBytes: 1_000_000, maxKeys: 10 });
const folders = (): RecorderFolders => new RecorderFolders({ directory, freeBytes: () => 1e12, keepFreeBytes: 0 });
const defined = (name: string, disk = true): AgentRecorder => ({ name, ...usualRecorder, key: [], disk });

test('what was kept of a recorder whose definition went while the agent was away goes, once it is known what is defined', async () => {
  const before = folders();
  for (const name of ['a', 'b/../c']) { const store = before.open(shape(name)); store.push({ signal: 'logs', key: '', atUnixMs: 1, records: 1, bytes: new Uint8Array(9), epoch: 0 }); store.close(); }
  writeFileSync(join(directory, 'a file'), 'of somebody');
  const after = folders();
  const pipeline = createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1e6, maxGroups: 10, openDisk: (one) => after.open(one) });
  const runners = ruleRunners(pipeline, { replace: () => { throw new Error('no rules here'); }, stats: () => [] }, (areDefined) => { after.areDefined = areDefined; });
  await after.sweep();
  expect(readdirSync(directory).sort()).toEqual(['a', 'a file', 'b%2F..%2Fc']);
  // Definitions that cannot be used say nothing of what there is.
  runners.defineRecorders([{ ...defined('broken'), key: [{ text: 'x', expr: { k: 'col', name: 'NoSuchColumn' } as never }] }]);
  await after.sweep();
  expect(readdirSync(directory)).toHaveLength(3);
  expect(runners.defineRecorders([defined('a')]).ok).toBe(true);
  await after.sweep();
  expect([readdirSync(directory).sort(), pipeline.recorders().states.map(({ name, records }) => [name, records]), after.problem]).toEqual([['a', 'a file'], [['a', 1]], '']);
  pipeline.closeRecorders();
});

test('it happens by itself after a while', async () => {
  folders().open(shape('gone')).close();
  const after = new RecorderFolders({ directory, freeBytes: () => 1e12, keepFreeBytes: 0, graceMs: 10 });
  after.areDefined = true;
  after.start();
  await expect.poll(() => readdirSync(directory)).toEqual([]);
  await after.stop();
});

const pipelineOf = (): Pipeline => createPipeline({ clock: new ManualClock(), resource: {}, recorderBytes: 1e6, maxGroups: 10 });

test('a recorder that was stopped does not run after a restart, until it is started', async () => {
  const content = new Map<string, Uint8Array>();
  const running = (pipeline: Pipeline): unknown => pipeline.recorders().states.map((state) => [state.name, state.running]);
  const start = async (): Promise<{ pipeline: Pipeline; stopped: StoppedRecorders }> => {
    const pipeline = pipelineOf();
    const stopped = await StoppedRecorders.open(memoryFiles(content), pipeline);
    pipeline.defineRecorders([defined('a'), defined('b')]);
    return { pipeline, stopped };
  };
  const first = await start();
  const port = first.stopped.over(first.pipeline);
  expect([port.runRecorder('a', false), port.runRecorder('nobody', false)]).toEqual([true, false]);
  await first.stopped.settled();
  expect(JSON.parse(decodeUtf8(content.get(stoppedFile)!))).toEqual({ version: 1, names: ['a'] });
  const second = await start();
  expect(running(second.pipeline)).toEqual([['a', false], ['b', true]]);
  second.stopped.over(second.pipeline).runRecorder('a', true);
  await second.stopped.settled();
  expect(running((await start()).pipeline)).toEqual([['a', true], ['b', true]]);
});

test('what cannot be read or saved of it is said', async () => {
  const torn = await StoppedRecorders.open(memoryFiles(new Map([[stoppedFile, encodeUtf8('{')]])), pipelineOf());
  expect(torn.problem).toContain('cannot be read');
  const pipeline = pipelineOf();
  pipeline.defineRecorders([defined('a')]);
  const full = await StoppedRecorders.open({ ...memoryFiles(), writeAtomically: () => Promise.resolve(failure('io', 'No space left.')) }, pipeline);
  full.run('a', false);
  await full.settled();
  expect(full.problem).toContain('No space left.');
});
