// How many records a CPU-second each static probe takes from its source to encoded requests: a file of JSON lines and one of plain lines, a CRI file,
// syslog over TCP and UDP, the journal. The CPU of this process alone counts: senders and journalctl are others. Prints one JSON line.
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ok } from '../../../base/index.ts';
import { fileTailSpec, journaldSpec, syslogSpec } from '../../../model/index.ts';
import type { StaticPorts, StaticProbe } from '../contract.ts';
import { staticProbes } from './index.ts';

const [records, goal, runs] = [100_000, 50_000, 3];
const folder = await mkdtemp(join(tmpdir(), 'weir-static-'));

const kinds = {
  json: (i: number) => `{"time":"2026-11-23T10:00:00.123Z","level":"info","msg":"order ${i} placed","order":${i},"user":"u${i % 100}","ms":${i % 977}}`,
  plain: (i: number) => `2026-11-23T10:00:00.123Z INFO order ${i} placed by u${i % 100} in ${i % 977} ms`,
  cri: (i: number) => `2026-11-23T10:00:00.123456789Z stdout F level=info msg="order ${i} placed" order=${i} ms=${i % 977}`,
  syslog: (i: number) => `<134>1 2026-11-23T10:00:00.123456Z web-1 shop ${i % 5000} ORDER [meta@1 user="u${i % 100}"] order ${i} placed`,
  journal: (i: number) => JSON.stringify({ __CURSOR: `s=${i}`, __REALTIME_TIMESTAMP: '1795428000123456', PRIORITY: '6', MESSAGE: `order ${i} placed`, _PID: '42', _UID: '0', _COMM: 'shop', _EXE: '/usr/bin/shop', _CMDLINE: '/usr/bin/shop --serve', _SYSTEMD_UNIT: 'shop.service', _HOSTNAME: 'web-1', _BOOT_ID: '0123456789abcdef0123456789abcdef', _TRANSPORT: 'stdout', SYSLOG_IDENTIFIER: 'shop' }),
} as const;
const lines = (kind: keyof typeof kinds): string => `${Array.from({ length: records }, (_, i) => kinds[kind](i)).join('\n')}\n`;

function ports(): StaticPorts {
  return { deliver: () => 'taken', mark: () => () => true, positions: { read: async () => null, write: async () => undefined }, probe: { id: 'bench', name: 'bench' }, hostName: 'bench', nowUnixMs: Date.now, allowedFiles: async () => ok([join(folder, '*')]) };
}

/** Records a CPU-second of this process between the first thing sent and the last record handed over. */
async function measure(probe: StaticProbe, send: (resolved: string) => ChildProcess | null): Promise<number> {
  const before = process.cpuUsage();
  const started = await probe.start();
  if (!started.ok) throw new Error(started.error.message);
  const sender = send(started.value.resolved ?? '');
  let [last, quiet] = [-1, 0];
  // UDP may lose some: it is over when nothing comes any more.
  while (probe.figures().records < records && quiet < 20) {
    await sleep(25);
    quiet = last > 0 && probe.figures().records === last ? quiet + 1 : 0;
    last = probe.figures().records;
  }
  const { user, system } = process.cpuUsage(before);
  sender?.kill();
  await probe.stop();
  return probe.figures().records / ((user + system) / 1e6);
}

async function median(run: () => Promise<number>): Promise<number> {
  const figures: number[] = [];
  for (let i = 0; i < runs; i++) figures.push(await run());
  return Math.round(figures.toSorted((a, b) => a - b)[Math.floor(runs / 2)]!);
}

const tail = async (kind: 'json' | 'plain' | 'cri'): Promise<number> => {
  await writeFile(join(folder, `${kind}.log`), lines(kind));
  return median(() => measure(staticProbes.file(fileTailSpec.parse({ paths: [join(folder, `${kind}.log`)], from: 'beginning' }), ports()), () => null));
};

const senderOf = (program: string) => (resolved: string): ChildProcess => spawn(process.execPath, ['-e', program, join(folder, 'syslog'), /:(\d+)$/.exec(resolved)?.[1] ?? ''], { stdio: 'inherit' });
const tcp = senderOf(`const s = require('node:net').connect(+process.argv[2], '127.0.0.1'); require('node:fs').createReadStream(process.argv[1]).pipe(s);`);
const udp = senderOf(`const lines = require('node:fs').readFileSync(process.argv[1], 'utf8').split('\\n').slice(0, -1); const s = require('node:dgram').createSocket('udp4'); s.connect(+process.argv[2], '127.0.0.1', async () => { for (let i = 0; i < lines.length; i += 50) { for (const line of lines.slice(i, i + 50)) s.send(line); await new Promise((r) => setTimeout(r, 2)); } s.close(); });`);
const syslog = (means: 'tcp' | 'udp'): Promise<number> => median(() => measure(staticProbes.syslog(syslogSpec.parse({ [means]: { port: 0 } }), ports()), means === 'tcp' ? tcp : udp));

async function journal(): Promise<number> {
  await writeFile(join(folder, 'journal'), lines('journal'));
  await writeFile(join(folder, 'journalctl'), `#!/bin/sh\ncase "$*" in *--follow*) cat '${join(folder, 'journal')}'; exec sleep 600;; esac\n`);
  await chmod(join(folder, 'journalctl'), 0o755);
  process.env['PATH'] = `${folder}:${process.env['PATH']}`;
  return median(() => measure(staticProbes.journald(journaldSpec.parse({}), ports()), () => null));
}

await writeFile(join(folder, 'syslog'), lines('syslog'));
const figures = { fileJson: await tail('json'), filePlain: await tail('plain'), fileCri: await tail('cri'), syslogTcp: await syslog('tcp'), syslogUdp: await syslog('udp'), journald: await journal() };
await rm(folder, { recursive: true, force: true });
const least = Math.min(...Object.values(figures));
console.log(JSON.stringify({
  bench: 'static', recordsPerCpuSecond: least, goal, ofGoal: Number((least / goal).toFixed(3)), figures, records, runs,
  unit: 'records per CPU-second of the probe\'s process, source to encoded request, median; the goal is for the slowest', machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
}));
