import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ok } from '../../../base/index.ts';
import { requestOf } from '../governed/testing/probe-here.ts';
import { sameSource } from './same-source.ts';

const request = (kind: string, spec: object, name = 'first') => requestOf({ id: name, name, what: { kind, spec }, target: null });
const never = async () => { throw new Error('not asked'); };
const problem = (kind: string, one: object, other: object, allowed: Parameters<typeof sameSource>[2] = never, otherKind = kind) => sameSource(request(kind, one).what, [request(otherKind, other)], allowed, AbortSignal.timeout(5000));

it('a port of syslog is taken by the probe that has it, by name', async () => {
  const udp = (port: number, host = '127.0.0.1') => ({ udp: { host, port } });
  expect(await problem('syslog', udp(5514), udp(5514))).toMatchObject({ code: 'probe.port-taken', message: 'UDP port 5514 is taken by the probe first of this agent.' });
  expect((await problem('syslog', { tcp: { port: 5514 } }, { ...udp(1), tcp: { host: '0.0.0.0', port: 5514 } }))?.message).toContain('TCP port 5514');
  expect([await problem('syslog', udp(5514), udp(5515)), await problem('syslog', udp(0), udp(0)), await problem('syslog', udp(5514), { tcp: { port: 5514 } }), await problem('syslog', udp(5514, '127.0.0.2'), udp(5514))]).toEqual([null, null, null, null]);
});

it('units of the journal; none is all of them', async () => {
  expect((await problem('journald', { units: ['a.service', 'b.service'] }, { units: ['b.service'] }))?.message).toBe('The probe first of this agent reads b.service in the journal already: every line would come twice.');
  expect((await problem('journald', {}, { units: ['b.service'] }))?.message).toContain('b.service in the journal');
  expect((await problem('journald', {}, {}))?.message).toContain('reads the journal already');
  expect(await problem('journald', { units: ['a.service'] }, { units: ['b.service'] })).toBeNull();
});

it('files: the same words, a pattern that names the other, or two patterns that both name a file that is there, by a link too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-same-'));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'logs/shop-1.log'), '');
  symlinkSync(join(folder, 'logs/shop-1.log'), join(folder, 'current.log'));
  const allowed = async () => ok([`${folder}/**`]);
  const files = (...names: string[]) => ({ paths: names.map((name) => join(folder, name)) });
  const shared = async (one: string, other: string) => (await problem('file', files('none.log', one), files(other), allowed))?.message ?? null;
  expect(await shared('a.log', 'a.log')).toBe(`The probe first of this agent reads ${folder}/a.log already: every line would come twice.`);
  expect([await shared('logs/a.log', 'logs/*.log'), await shared('logs/*.log', 'logs/a.log'), await shared('./logs/../logs/*.log', 'logs/*.log')].every((words) => words?.includes('already'))).toBe(true);
  expect(await shared('logs/shop-*', 'logs/*.log')).toContain('logs/shop-1.log');
  expect(await shared('cur*.log', 'logs/*.log')).toContain('current.log');
  expect([await shared('logs/x-*', 'logs/y-*'), await shared('a.log', 'b.log')]).toEqual([null, null]);
});

it('other kinds do not meet', async () => { expect(await problem('file', { paths: ['/var/log/syslog'] }, { udp: { port: 514 } }, never, 'syslog')).toBeNull(); });
