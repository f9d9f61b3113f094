import { appendFile, copyFile, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { fileTailSpec } from '../../../../model/index.ts';
import { until } from '../../../test-support/until.ts';
import type { StaticProbe } from '../../contract.ts';
import { numbered, TestPorts } from '../testing/static-ports.ts';
import { fileProbe } from './file-probe.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'weir-tail-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}
type Over = Partial<Parameters<typeof fileTailSpec.parse>[0] & object>;
async function started(ports: TestPorts, paths: string[], over: Over = {}): Promise<StaticProbe> {
  const probe = fileProbe(fileTailSpec.parse({ paths, ...over }), ports);
  onTestFinished(() => probe.stop());
  const result = await probe.start();
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return probe;
}
const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
const setUp = async (): Promise<{ dir: string; log: string; ports: TestPorts }> => {
  const dir = await folder();
  return { dir, log: join(dir, 'app.log'), ports: new TestPorts([join(dir, '*.log')]) };
};
const beginning = { from: 'beginning' } as const;

test('from the end at first, then everything, with where it is from', async () => {
  const { log, ports } = await setUp();
  await writeFile(log, 'old\nhalf');
  await started(ports, [log], { serviceName: 'shop' });
  await appendFile(log, ' old\n2026-11-23T10:00:00Z ERROR new\n');
  await until(() => ports.records.length === 1);
  expect(ports.records).toMatchObject([{ body: '2026-11-23T10:00:00Z ERROR new', severity: 17, attributes: { 'weir.probe.id': 's1', 'weir.probe.name': 'source', 'log.file.name': 'app.log', 'log.file.path': log }, resource: { 'service.name': 'shop', 'host.name': 'test-host' } }]);
});

test('a restart: no loss, no duplicate; an unfinished line waits across it', async () => {
  const { log, ports } = await setUp();
  await writeFile(log, lines(numbered(0, 3000)));
  const first = await started(ports, [log], beginning);
  await until(() => ports.records.length === 3000);
  await appendFile(log, 'line 30');
  await first.stop();
  await appendFile(log, `00\n${lines(numbered(3001, 3500))}`);
  await started(ports, [log], beginning);
  await until(() => ports.records.length >= 3500);
  expect(ports.bodies).toEqual(numbered(0, 3500));
  expect(ports.largest).toBe(1000);
});

test('a stop while the exporters hold what was read: the position is of what has left, and follows when the rest has', async () => {
  const { log, ports } = await setUp();
  await writeFile(log, lines(numbered(0, 10)));
  const first = await started(ports, [log], beginning);
  await until(() => ports.records.length === 10);
  ports.isHeld = true;
  await appendFile(log, lines(numbered(10, 1000)));
  await until(() => ports.records.length === 1000);
  await first.stop();
  const [lost, before] = [ports.records.splice(0), new Map(ports.files)];
  await started(ports, [log], beginning);
  await until(() => ports.records.length >= 990);
  expect([lost.length, ports.bodies.slice(-990)]).toEqual([1000, numbered(10, 1000)]);
  // The exporters had time for it after all: nothing comes twice.
  ports.records.splice(0);
  ports.files.clear();
  for (const [name, bytes] of before) ports.files.set(name, bytes);
  ports.isHeld = false;
  await first.settle();
  await appendFile(log, 'line 1000\n');
  await started(ports, [log], beginning);
  await until(() => ports.bodies.includes('line 1000'));
  expect(ports.bodies.filter((body) => body !== 'line 1000')).toEqual([]);
});

test.each([['rename', async (log: string) => { await rename(log, `${log}.1`); await writeFile(log, ''); }], ['copytruncate', async (log: string) => { await copyFile(log, `${log}.1`); await truncate(log); }]])('rotated by %s while the agent was away: no loss, no duplicate', async (_, rotate) => {
  const { log, ports } = await setUp();
  await writeFile(log, lines(numbered(0, 100)));
  const first = await started(ports, [log], beginning);
  await until(() => ports.records.length === 100);
  await first.stop();
  await appendFile(log, lines(numbered(100, 200)));
  await rotate(log);
  await appendFile(log, lines(numbered(200, 300)));
  await started(ports, [log], beginning);
  await until(() => ports.records.length >= 300);
  expect(ports.bodies).toEqual(numbered(0, 300));
});

async function load(log: string, total: number, rotate: () => Promise<void>): Promise<void> {
  for (let i = 0; i < total; i += 100) {
    await appendFile(log, lines(numbered(i, i + 100)));
    if (i > 0 && i % 5000 === 0) await rotate();
    if (i % 1000 === 0) await sleep(5);
  }
}

test.each(['*.log', '*'])('rotated by rename during load, five times: all of it, in order (glob %s)', async (glob) => {
  const { dir, log } = await setUp();
  const ports = new TestPorts([join(dir, '*')]);
  await writeFile(log, '');
  await started(ports, [join(dir, glob)]);
  let rotation = 0;
  await load(log, 26_000, async () => { await rename(log, join(dir, `app.log.${++rotation}`)); await writeFile(log, ''); await sleep(300); });
  await until(() => ports.records.length >= 26_000);
  expect(ports.bodies).toEqual(numbered(0, 26_000));
}, 60_000);

test.each(['*.log', '*'])('rotated by copytruncate during load, five times: all of it, in order (glob %s)', async (glob) => {
  const { dir, log } = await setUp();
  const ports = new TestPorts([join(dir, '*')]);
  await writeFile(log, '');
  await started(ports, [join(dir, glob)]);
  let rotation = 0;
  await load(log, 26_000, async () => { await copyFile(log, join(dir, `app.log.${++rotation}`)); await truncate(log); await sleep(100); });
  await until(() => ports.records.length >= 26_000);
  await sleep(2500);
  expect(ports.bodies).toEqual(numbered(0, 26_000));
}, 60_000);

test('full exporters: nothing is read ahead, nothing is lost', async () => {
  const { log, ports } = await setUp();
  ports.isFull = true;
  await writeFile(log, lines(numbered(0, 50_000, 'a line of some length to fill chunks with')));
  const probe = await started(ports, [log], beginning);
  await until(() => ports.refusals > 3);
  expect(probe.figures()).toMatchObject({ records: 0, waiting: true });
  ports.isFull = false;
  await until(() => ports.records.length >= 50_000);
  expect(ports.bodies).toEqual(numbered(0, 50_000, 'a line of some length to fill chunks with'));
}, 30_000);

test('stopped while the exporters are full: the position stays, the next start brings it', async () => {
  const { log, ports } = await setUp();
  ports.isFull = true;
  await writeFile(log, lines(numbered(0, 10)));
  const probe = await started(ports, [log], beginning);
  await until(() => ports.refusals > 0);
  await probe.stop();
  ports.isFull = false;
  await started(ports, [log], beginning);
  await until(() => ports.records.length >= 10);
  expect(ports.bodies).toEqual(numbered(0, 10));
}, 20_000);

test('killed: from the last position on disk everything comes, what came after it twice', async () => {
  const { log, ports } = await setUp();
  await writeFile(log, lines(numbered(0, 1000)));
  const killed = await started(ports, [log], beginning);
  await until(() => Buffer.from(ports.files.get('files.json') ?? []).includes('"offset":8890'));
  await appendFile(log, lines(numbered(1000, 1500)));
  await until(() => ports.records.length === 1500);
  const onDisk = new TestPorts([log]);
  onDisk.files.set('files.json', Buffer.from(JSON.stringify({ version: 1, files: [{ ...(JSON.parse(Buffer.from(ports.files.get('files.json')!).toString()) as { files: object[] }).files[0], offset: 8890 }] })));
  await killed.stop();
  await started(onDisk, [log], beginning);
  await until(() => onDisk.records.length >= 500);
  expect(onDisk.bodies).toEqual(numbered(1000, 1500));
});

test('an inode that is used again is another file', async () => {
  const { log, ports } = await setUp();
  await writeFile(log, lines(numbered(0, 10)));
  await started(ports, [log], beginning);
  await until(() => ports.records.length === 10);
  await writeFile(log, lines(numbered(0, 20, 'other and longer than what was')));
  await until(() => ports.records.length >= 30);
  expect(ports.bodies).toEqual([...numbered(0, 10), ...numbered(0, 20, 'other and longer than what was')]);
});

test('a file that is deleted is read to its end, without a line feed too', async () => {
  const { log, ports } = await setUp();
  await writeFile(log, '');
  await started(ports, [log]);
  await appendFile(log, 'one\ntwo');
  await until(() => ports.records.length === 1);
  await rm(log);
  await until(() => ports.records.length === 2);
  expect(ports.bodies).toEqual(['one', 'two']);
}, 20_000);

test('a pod: CRI by its first lines, JSON inside, names by the path, through a link', async () => {
  const dir = await folder();
  const pod = join(dir, 'pods', 'shop_cart-1_0123', 'cart');
  await mkdir(pod, { recursive: true });
  await mkdir(join(dir, 'links'));
  await writeFile(join(pod, '0.log'), '2026-11-23T10:00:00.5Z stdout P {"level":"error","msg":"o\n2026-11-23T10:00:00.6Z stdout F ops"}\n');
  await symlink(join(pod, '0.log'), join(dir, 'links', 'cart.log'));
  const ports = new TestPorts([join(dir, 'links', '*'), join(dir, 'pods', '**')]);
  await started(ports, [join(dir, 'links', '*.log')], beginning);
  await until(() => ports.records.length === 1);
  expect(ports.records).toMatchObject([{ body: 'oops', severity: 17, attributes: { 'log.iostream': 'stdout', 'log.file.path': join(dir, 'links', 'cart.log') }, resource: { 'service.name': 'cart', 'k8s.namespace.name': 'shop', 'k8s.pod.name': 'cart-1', 'k8s.pod.uid': '0123', 'k8s.container.restart_count': 0 } }]);
});

test('only what is allowed: neither another path nor a link that leads out', async () => {
  const { dir, ports } = await setUp();
  await writeFile(join(dir, 'secret.txt'), 'no\n');
  await symlink(join(dir, 'secret.txt'), join(dir, 'link.log'));
  await writeFile(join(dir, 'fine.log'), 'yes\n');
  expect(await fileProbe(fileTailSpec.parse({ paths: [join(dir, 'secret.txt')] }), ports).start()).toMatchObject({ ok: false, error: { code: 'probe.not-allowed' } });
  await started(ports, [join(dir, '*.log'), join(dir, '*.txt')], beginning);
  await until(() => ports.records.length >= 1);
  await sleep(300);
  expect(ports.bodies).toEqual(['yes']);
});

test('records of several lines, the last one after a pause', async () => {
  const { log, ports } = await setUp();
  await writeFile(log, '2026 a\n  at b\n2026 c\n  at d\n');
  await started(ports, [log], { ...beginning, recordStart: '^\\d{4} ' });
  await until(() => ports.records.length === 2);
  expect(ports.bodies).toEqual(['2026 a\n  at b', '2026 c\n  at d']);
}, 20_000);

test('long lines and bytes that are no text are cut, kept and counted', async () => {
  const { log, ports } = await setUp();
  await writeFile(log, Buffer.concat([Buffer.alloc(3_000_000, 0xff), Buffer.from('\n{"a":1}\nafter\n')]));
  const probe = await started(ports, [log], { ...beginning, maxRecordBytes: 1000 });
  await until(() => ports.records.length === 3);
  expect(ports.bodies.slice(1)).toEqual(['{"a":1}', 'after']);
  expect(probe.figures().standing).toContain('1 record cut');
});

test('a pattern that cannot be read, in words', async () => {
  const { log, ports } = await setUp();
  expect(await fileProbe(fileTailSpec.parse({ paths: [log], recordStart: '(?=x)' }), ports).start()).toMatchObject({ ok: false, error: { code: 'probe.bad-pattern' } });
});
