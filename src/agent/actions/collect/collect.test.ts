import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { generators, seededRandom } from '../../../redaction/index.ts';
import { policyFileName } from '../limits/index.ts';
import { actionsHere, temporaryFolder } from '../testing/actions-here.ts';
import { startNode } from '../testing/targets.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';
import { partEnd, redactLong, redactStrings } from './text.ts';

vi.setConfig({ testTimeout: 120_000 });
const random = seededRandom(7);
const secret = Array.from({ length: 24 }, () => Math.floor(random() * 36).toString(36)).join('');

describe('what is collected', () => {
  it('has a set-up without its secrets, the same for two processes that are set up alike', async () => {
    const here = await actionsHere();
    const env = { DB_PASSWORD: secret, OTEL_SERVICE_NAME: 'checkout', TZ: 'UTC' };
    const targets = [await startNode(process.execPath, ['--title=a'], env), await startNode(process.execPath, ['--title=a'], env)];
    const texts: string[] = [];
    for (const { pid } of targets) {
      const report = await here.run('collect-config', { pid });
      expect(report).toMatchObject({ state: 'done', process: { service: 'checkout' } });
      expect(report.figures['redactions']).toBeGreaterThan(0);
      texts.push(here.text(report.artifacts[0]?.name ?? ''));
    }
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toContain(secret);
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({ schema: 'weir.config/1', environment: { OTEL_SERVICE_NAME: 'checkout', TZ: 'UTC', DB_PASSWORD: expect.stringContaining('•') }, process: { service: 'checkout' }, runtime: { kind: 'node' } });
  });

  it('has only files of the list, through no link out of it, with text redacted', async () => {
    const folder = temporaryFolder();
    const [logs, elsewhere] = [join(folder, 'logs'), join(folder, 'elsewhere.txt')];
    mkdirSync(logs);
    const mail = generators.find(({ detector }) => detector === 'email')?.positive(random).secret ?? '';
    writeFileSync(join(logs, 'a.log'), `hello ${mail}\n`);
    writeFileSync(join(logs, `${'long-'.repeat(30)}.log`), 'x\n');
    writeFileSync(elsewhere, 'private');
    symlinkSync(elsewhere, join(logs, 'link.log'));
    const here = await actionsHere();
    writeFileSync(join(here.folder, policyFileName), JSON.stringify({ version: 1, files: [`${logs}/*.log`] }));
    const report = await here.run('collect-files', null, { files: [`${logs}/*`, elsewhere, `${logs}/../elsewhere.txt`] });
    expect(report).toMatchObject({ state: 'done', figures: { files: 2 } });
    const tar = join(here.folder, 'kept', report.artifacts[0]?.name ?? '');
    const names = execFileSync('tar', ['tf', tar], { encoding: 'utf8' }).trim().split('\n');
    expect(names).toEqual([...[join(logs, 'a.log'), join(logs, `${'long-'.repeat(30)}.log`)].map((path) => path.slice(1)), 'weir-manifest.json']);
    expect(here.bytes(report.artifacts[0]?.name ?? '').includes('private')).toBe(false);
    expect(execFileSync('tar', ['xOf', tar, join(logs, 'a.log').slice(1)], { encoding: 'utf8' })).not.toContain(mail);
    const manifest = JSON.parse(execFileSync('tar', ['xOf', tar, 'weir-manifest.json'], { encoding: 'utf8' })) as { leftOut: { path: string; why: string }[] };
    expect(manifest.leftOut.map(({ path }) => path).toSorted()).toEqual([elsewhere, join(logs, 'link.log')].toSorted());
    expect(await here.run('collect-files', null, { files: ['/etc/shadow'] })).toMatchObject({ state: 'failed', why: { code: 'action.nothing-collected' } });
  });

  it('is the output of a command of the list, word for word, without a shell', async () => {
    const [here, target] = [await actionsHere(), await startNode()];
    const report = await here.run('diagnostic-command', { pid: target.pid }, { command: 'ps -L -p {pid} -o pid,tid,stat,pcpu,wchan:32,comm' });
    expect(report.why).toBeNull();
    expect(here.text('ps.txt')).toContain(String(target.pid));
    for (const command of ['cat /etc/shadow', 'df -h; id', 'df -h $(id)', 'sh -c id', 'df', 'lsof -nP -p 1']) {
      expect(await here.run('diagnostic-command', { pid: target.pid }, { command })).toMatchObject({ state: 'refused', why: { code: 'action.not-allowed' } });
    }
  });
});

it('redacts the texts of a value under their names, and no number', () => {
  const seen: (string | undefined)[] = [];
  const redacted = redactStrings({ a: ['x', 7], b: { c: 'y', d: null } }, (text, key) => { seen.push(key); return { text: `<${text}>`, findings: 1 }; });
  expect(redacted).toEqual({ a: ['<x>', 7], b: { c: '<y>', d: null } });
  expect(seen).toEqual(['a', 'c']);
});

it('cuts long texts at lines and never inside a PEM block', async () => {
  const block = `-----BEGIN X-----\n${'line\n'.repeat(30_000)}-----END X-----\n`;
  const text = `${'before\n'.repeat(6500)}${block}${'after\n'.repeat(20_000)}`;
  const end = partEnd(text, 0);
  expect(text.slice(0, end).endsWith('-----END X-----\n')).toBe(true);
  const parts: string[] = [];
  const whole = await redactLong((part) => { parts.push(part); return { text: part, findings: 1 }; }, text);
  expect(whole).toEqual({ text, findings: parts.length });
  expect(parts.every((part) => part.endsWith('\n'))).toBe(true);
});

it('writes tar as tar reads it', () => {
  const content = Buffer.from('content');
  const archive = Buffer.concat(['short.txt', `${'ü'.repeat(120)}.txt`].flatMap((name) => [tarHeader({ name, bytes: content.length, modifiedUnixMs: 0 }), content, tarPadding(content.length)]).concat(tarEnd()));
  expect(execFileSync('tar', ['--quoting-style=literal', '-tf', '-'], { input: archive, encoding: 'utf8' }).trim().split('\n')).toEqual(['short.txt', `${'ü'.repeat(120)}.txt`]);
});
