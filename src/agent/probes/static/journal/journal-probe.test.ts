import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { journaldSpec } from '../../../../model/index.ts';
import { until } from '../../../test-support/until.ts';
import type { StaticProbe } from '../../contract.ts';
import { fakeJournal } from '../testing/fake-journal.ts';
import { numbered, TestPorts } from '../testing/static-ports.ts';
import { journalProbe } from './journal-probe.ts';

async function started(ports: TestPorts, spec: object = {}): Promise<StaticProbe> {
  const probe = journalProbe(journaldSpec.parse(spec), ports, { first: 50, longest: 100 });
  onTestFinished(() => probe.stop());
  const result = await probe.start();
  if (!result.ok) throw new Error(result.error.message);
  return probe;
}
const messages = (texts: readonly string[], more: object = {}): Record<string, unknown>[] => texts.map((MESSAGE) => ({ MESSAGE, PRIORITY: '6', ...more }));

test('a restart: what came meanwhile, more than ten of them, is there once', async () => {
  const [journal, ports] = [await fakeJournal(), new TestPorts()];
  await journal.add(messages(['old']));
  const first = await started(ports);
  await journal.add(messages(numbered(0, 50)));
  await until(() => ports.records.length === 50);
  await first.stop();
  await journal.add(messages(numbered(50, 150)));
  await started(ports);
  await journal.add(messages(numbered(150, 160)));
  await until(() => ports.records.length >= 160);
  expect(ports.bodies).toEqual(numbered(0, 160));
}, 20_000);

test('stopped before the first entry, in an empty journal: nothing is lost', async () => {
  const [journal, ports] = [await fakeJournal(), new TestPorts()];
  await (await started(ports)).stop();
  await journal.add(messages(numbered(0, 3)));
  await started(ports);
  await until(() => ports.records.length === 3);
  expect((await journal.calls()).at(-1)?.args).toEqual(['--output=json', '--follow', '--no-tail', '--all', '--no-pager', '--quiet', expect.stringMatching(/^--since=@\d+\.\d{3}$/)]);
}, 20_000);

test('units and priority choose; the child ends with the probe', async () => {
  const [journal, ports] = [await fakeJournal(), new TestPorts()];
  const probe = await started(ports, { units: ['shop.service'], priority: 4 });
  await journal.add([...messages(['no']), ...messages(['yes'], { _SYSTEMD_UNIT: 'shop.service', PRIORITY: '3' }), ...messages(['quiet'], { _SYSTEMD_UNIT: 'shop.service' })]);
  await until(() => ports.records.length === 1);
  expect(ports.records).toMatchObject([{ body: 'yes', severity: 17, severityText: 'err', resource: { 'service.name': 'shop' }, attributes: { 'weir.probe.id': 's1', 'weir.probe.name': 'source' } }]);
  const { pid } = (await journal.calls()).at(-1)!;
  expect(process.kill(pid, 0)).toBe(true);
  await probe.stop();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
}, 20_000);

test('killed, it is started again after the last entry', async () => {
  const [journal, ports] = [await fakeJournal(), new TestPorts()];
  const probe = await started(ports);
  await journal.add(messages(numbered(0, 20)));
  await until(() => ports.records.length === 20);
  process.kill((await journal.calls()).at(-1)!.pid, 'SIGKILL');
  await journal.add(messages(numbered(20, 40)));
  await until(() => ports.records.length >= 40);
  expect(ports.bodies).toEqual(numbered(0, 40));
  expect(probe.figures()).toMatchObject({ problem: null, standing: expect.stringContaining('started again 1 time') as string });
}, 20_000);

test('full exporters: the child is held back, nothing is lost', async () => {
  const [journal, ports] = [await fakeJournal(), new TestPorts()];
  const probe = await started(ports);
  ports.isFull = true;
  await journal.add(messages(numbered(0, 5000, 'a line of some length to fill the pipe'.padEnd(200, '.'))));
  await until(() => ports.refusals > 3);
  expect(probe.figures()).toMatchObject({ records: 0, waiting: true });
  ports.isFull = false;
  await until(() => ports.records.length >= 5000);
  expect(ports.bodies.every((body, i) => body.endsWith(` ${i}`))).toBe(true);
  expect(probe.figures()).toMatchObject({ records: 5000, waiting: false });
}, 30_000);

test('fields of an entry, bytes and several values too', async () => {
  const [journal, ports] = [await fakeJournal(), new TestPorts()];
  await journal.add(messages(['old']));
  await started(ports);
  await journal.add([{ MESSAGE: [0x68, 0xff, 0x69], __REALTIME_TIMESTAMP: '1795428000123456', PRIORITY: '2', _PID: '42', _EXE: '/bin/x', SYSLOG_IDENTIFIER: 'x', _SYSTEMD_UNIT: 'session-1.scope', CODE_FILE: 'a.c', CODE_LINE: '7', CODE_FUNC: 'f', MESSAGE_ID: 'abc', SYSLOG_FACILITY: '3', ORDER: ['1', '2'], _CMDLINE: 'x --long', BIG: null }, { MESSAGE: '{"level":"warn","n":1}', PRIORITY: '6' }]);
  await until(() => ports.records.length === 2);
  expect(ports.records[0]).toMatchObject({
    body: 'h\ufffdi', severity: 18, time: 1_795_428_000_123_456_000n, resource: { 'service.name': 'x', 'host.name': 'test-host' },
    attributes: { 'process.pid': 42, 'process.executable.path': '/bin/x', 'code.file.path': 'a.c', 'code.line.number': 7, 'code.function.name': 'f', 'journald.message_id': 'abc', 'syslog.facility': 'daemon', ORDER: ['1', '2'] },
  });
  expect(Object.keys(ports.records[0]!.attributes)).not.toContain('_CMDLINE');
  expect(ports.records[1]).toMatchObject({ body: '{"level":"warn","n":1}', severity: 13, attributes: { n: 1 } });
}, 20_000);

test('a cursor that the journal does not know: it goes on from now, and says so', async () => {
  const [journal, ports] = [await fakeJournal(), new TestPorts()];
  ports.files.set('cursor.json', Buffer.from('{"version":1,"cursor":"broken"}'));
  const probe = await started(ports);
  await until(() => probe.figures().problem !== null);
  expect(probe.figures().problem?.message).toContain('seek to cursor');
  await until(() => probe.figures().standing.startsWith('from '));
  await journal.add(messages(['after']));
  await until(() => ports.records.length === 1);
}, 20_000);

test('no journalctl, in words', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nonexistent';
  onTestFinished(() => { process.env['PATH'] = path; });
  expect(await journalProbe(journaldSpec.parse({}), new TestPorts()).start()).toMatchObject({ ok: false, error: { code: 'probe.missing-tool' } });
});

/** Null, or why the real journal cannot be used here. */
function whyNoJournal(): string | null {
  try {
    return execFileSync('journalctl', ['--lines=1', '--output=json', '--quiet', '--no-pager'], { stdio: ['ignore', 'pipe', 'ignore'] }).length > 0 ? null : 'the journal of this machine is empty';
  } catch { return 'there is no journalctl, or it may not read the journal'; }
}
const why = whyNoJournal();
test.skipIf(why !== null)(`the real journal${why === null ? '' : ` (skipped: ${why})`}`, async () => {
  const ports = new TestPorts();
  const probe = await started(ports);
  const mark = `weir probe test ${process.pid}`;
  execFileSync('logger', ['--tag', 'weir-test', mark]);
  await until(() => ports.bodies.includes(mark));
  await probe.stop();
  execFileSync('logger', ['--tag', 'weir-test', `${mark} again`]);
  await started(ports);
  await until(() => ports.bodies.includes(`${mark} again`));
  expect(ports.bodies.filter((body) => body === mark)).toHaveLength(1);
}, 20_000);
