// Most of these wait, so they wait beside each other. Rotation while the exporters are full: what takes the name and loses it again is read all the same, in order; what cannot be is counted and told.
import { appendFile, copyFile, mkdtemp, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, type TestContext } from 'vitest';
import { fileTailSpec } from '../../../../model/index.ts';
import { until } from '../../../test-support/until.ts';
import type { StaticProbe } from '../../contract.ts';
import { numbered, TestPorts } from '../testing/static-ports.ts';
import { fileProbe } from './file-probe.ts';
import { isRotationOf } from './siblings.ts';

const lines = (from: number, to: number): string => numbered(from, to).map((text) => `${text}\n`).join('');
interface Here { readonly log: string; readonly ports: TestPorts; readonly start: () => Promise<StaticProbe> }

async function setUp({ onTestFinished }: TestContext, glob = 'app.log'): Promise<Here> {
  const dir = await mkdtemp(join(tmpdir(), 'weir-full-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const ports = new TestPorts([join(dir, '*')]);
  const start = async (): Promise<StaticProbe> => {
    const probe = fileProbe(fileTailSpec.parse({ paths: [join(dir, glob)], from: 'beginning' }), ports);
    onTestFinished(() => probe.stop());
    expect(await probe.start()).toMatchObject({ ok: true });
    return probe;
  };
  return { log: join(dir, 'app.log'), ports, start };
}
const shift = async (log: string): Promise<void> => { for (const i of [3, 2, 1]) await rename(`${log}.${i}`, `${log}.${i + 1}`).catch(() => undefined); };
const byRename = async (log: string): Promise<void> => { await shift(log); await rename(log, `${log}.1`); await writeFile(log, ''); };
const byCopy = async (log: string): Promise<void> => { await shift(log); await copyFile(log, `${log}.1`); await truncate(log); };
/** 10 lines are read, the exporters are full then, and the file goes through two rotations with ten lines each. */
async function twice(log: string, ports: TestPorts, rotate: (log: string) => Promise<void>, pauseMs: number): Promise<void> {
  await until(() => ports.records.length === 10);
  ports.isFull = true;
  await appendFile(log, lines(10, 20));
  await until(() => ports.refusals > 0);
  await rotate(log);
  await appendFile(log, lines(20, 30));
  await sleep(pauseMs);
  await rotate(log);
  await appendFile(log, lines(30, 40));
  await sleep(pauseMs);
}
const manners = [['rename', 'app.log', byRename], ['rename', '*', byRename], ['copytruncate', 'app.log', byCopy], ['copytruncate', '*', byCopy]] as const;

test.concurrent.for(manners)('rotated twice by %s (glob %s): everything, in order, once', async ([, glob, rotate], context) => {
  const { log, ports, start } = await setUp(context, glob);
  await writeFile(log, lines(0, 10));
  const probe = await start();
  await twice(log, ports, rotate, 3000);
  ports.isFull = false;
  await until(() => ports.records.length >= 40);
  await sleep(2500);
  expect(ports.bodies).toEqual(numbered(0, 40));
  expect(probe.figures().standing).not.toContain('went away');
});

test.concurrent.for(manners)('so quickly that nobody saw what had the name between, by %s (glob %s): its rotated form is found', async ([, glob, rotate], context) => {
  const { log, ports, start } = await setUp(context, glob);
  await writeFile(log, lines(0, 10));
  await start();
  await twice(log, ports, rotate, 0);
  await sleep(1500);
  ports.isFull = false;
  await until(() => ports.records.length >= 40);
  await sleep(2500);
  expect(ports.bodies).toEqual(numbered(0, 40));
});

test.concurrent.for(manners)('twice by %s (glob %s), stopped and started again before there is room: everything, in order, once', async ([, glob, rotate], context) => {
  const { log, ports, start } = await setUp(context, glob);
  await writeFile(log, lines(0, 10));
  const first = await start();
  await twice(log, ports, rotate, 1500);
  await first.stop();
  ports.isFull = false;
  await start();
  await until(() => ports.records.length >= 40);
  await sleep(2500);
  expect(ports.bodies).toEqual(numbered(0, 40));
});

test.concurrent.for([['rename', byRename], ['copytruncate', byCopy]] as const)('twice by %s while no agent runs: everything, in order, and nothing of another log', async ([, rotate], context) => {
  const { log, ports, start } = await setUp(context);
  await writeFile(log, lines(0, 10));
  const first = await start();
  await until(() => ports.records.length === 10);
  await first.stop();
  for (const [from, to] of [[10, 20], [20, 30]] as const) { await appendFile(log, lines(from, to)); await rotate(log); await sleep(10); }
  await appendFile(log, lines(30, 40));
  await writeFile(log.replace('app.log', 'app-errors.log'), 'of another log\n');
  await start();
  await until(() => ports.records.length >= 40);
  await sleep(500);
  expect(ports.bodies).toEqual(numbered(0, 40));
});

test.concurrent('cut twice while full, with no copy: what was seen and is gone is counted and told', async (context) => {
  const { log, ports, start } = await setUp(context);
  await writeFile(log, lines(0, 10));
  const probe = await start();
  await twice(log, ports, (path) => truncate(path), 1500);
  ports.isFull = false;
  await until(() => ports.bodies.includes('line 39'));
  await until(() => probe.figures().problem !== null);
  // 10 to 19 were in hand already.
  expect(ports.bodies).toEqual([...numbered(0, 20), ...numbered(30, 40)]);
  expect(probe.figures()).toMatchObject({ problem: { code: 'probe.lost', message: 'Lines were lost: 80 bytes went away before they were read.' }, standing: expect.stringContaining('80 bytes went away') });
});

test.concurrent('compressed or deleted while no agent ran: told, once', async (context) => {
  const { log, ports, start } = await setUp(context);
  await writeFile(log, lines(0, 10));
  const first = await start();
  await until(() => ports.records.length === 10);
  await first.stop();
  await rm(log);
  await writeFile(`${log}.1.gz`, 'not to be read');
  await utimes(`${log}.1.gz`, Date.now() / 1000 + 1, Date.now() / 1000 + 1);
  await writeFile(log, lines(20, 30));
  const second = await start();
  await until(() => ports.records.length >= 20);
  expect(second.figures().problem).toMatchObject({ code: 'probe.lost', message: 'Lines were lost: 1 file went away or was compressed before anybody read it.' });
  await second.stop();
  const third = await start();
  await sleep(500);
  expect(third.figures().problem).toBeNull();
});

test('names of rotation, and those of other logs', () => {
  for (const name of ['app.log.1', 'app.log-20261123', 'app.log.2026-11-23T10:00', 'app.1.log', 'app-2026-11-23.log', 'app.log.old', 'app.log.12.3']) expect([name, isRotationOf(name, 'app.log')]).toEqual([name, true]);
  for (const name of ['app.log', 'app-errors.log', 'application.log', 'app.log.lock', 'app.log1x', 'ap.log', 'apprentice.log.1', 'app.logger']) expect([name, isRotationOf(name, 'app.log')]).toEqual([name, false]);
});
