import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { generators, seededRandom } from '../../../redaction/index.ts';
import { policyFileName } from '../limits/index.ts';
import { actionsHere, temporaryFolder } from '../testing/actions-here.ts';
import { startNode, startTarget } from '../testing/targets.ts';
import { Aborted } from '../wait.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';
import { chooseFiles } from './globs.ts';
import { redactText } from '../redact-text.ts';
import { readTail } from './read-file.ts';
import { compiled, matches } from './pattern.ts';
import { asText, partEnd, redactLong, redactStrings } from './text.ts';
import { Walk } from './walk.ts';

vi.setConfig({ testTimeout: 120_000 });
const random = seededRandom(7);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const secret = Array.from({ length: 24 }, () => Math.floor(random() * 36).toString(36)).join('');

describe('what is collected', () => {
  it('has a set-up without its secrets, the same for two processes that are set up alike', async () => {
    const here = await actionsHere();
    const env = { DB_PASSWORD: secret, DB_CRED: secret, APP_SALT: secret, JWT_KEY: secret, BASIC_AUTH: secret, NPM_CONFIG__AUTH: secret, STRIPE_SK: secret, LDAP_BIND_PW: secret, SECRET_KEY_BASE: secret, OTEL_SERVICE_NAME: 'checkout', TZ: 'UTC' };
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

  it('has lists of processes without what their options say is secret', async () => {
    const [here] = [await actionsHere(), await startTarget('perl', ['-e', '$|=1;print "x";sleep 600', '--', '-pw', secret.slice(0, 9), `--db-pass=${secret.slice(0, 9)}`, '--jwt-key', secret.slice(0, 9), '--weir-mark'])];
    for (const command of ['ps aux', 'ps -eo pid,ppid,user,stat,rss,pcpu,etime,args --sort=-rss']) {
      const report = await here.run('diagnostic-command', null, { command });
      const text = here.text(report.artifacts[0]?.name ?? '');
      expect(text).toMatch(/-pw •+ --db-pass=•+ --jwt-key •+ --weir-mark/);
      expect(text).not.toContain(secret.slice(0, 9));
    }
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

describe('what goes up as text', () => {
  const collected = async (content: Buffer) => {
    const [folder, here] = [temporaryFolder(), await actionsHere()];
    writeFileSync(join(folder, 'a.log'), content);
    writeFileSync(join(here.folder, policyFileName), JSON.stringify({ version: 1, files: [`${folder}/*.log`] }));
    const report = await here.run('collect-files', null, { files: [`${folder}/a.log`] });
    return { report, folder, bytes: report.artifacts.length === 0 ? Buffer.alloc(0) : here.bytes(report.artifacts[0]?.name ?? '') };
  };
  const mail = generators.find(({ detector }) => detector === 'email')?.positive(random).secret ?? '';

  it('is a log that is cut inside a character, and one with a stray zero or a torn byte', async () => {
    const line = Buffer.from(`${`zeit ${'ü'.repeat(100)}\n`.repeat(400)}von ${mail}\n`);
    const long = Buffer.concat(Array.from({ length: Math.ceil((16 * 2 ** 20 + 10_000) / line.length) }, () => line));
    for (const content of [long, Buffer.from(`x\0y ${mail} z\n`.repeat(20)), Buffer.concat([Buffer.from(`begin ${mail} ${'text '.repeat(20)}`), Buffer.from([0xc3, 0x28, 0xff, 0x0a])])]) {
      const { report, bytes } = await collected(content);
      expect(report).toMatchObject({ state: 'done', artifacts: [{ sensitive: false }] });
      expect(report.figures['redactions']).toBeGreaterThan(0);
      expect(bytes.includes(mail)).toBe(false);
    }
  });

  it('begins with a whole line where it is cut', async () => {
    const file = join(temporaryFolder(), 'a');
    writeFileSync(file, 'first line with half a secret\nsecond\nthird\n');
    expect(await readTail(file, 20)).toMatchObject({ bytes: Buffer.from('second\nthird\n'), cut: true });
    writeFileSync(file, 'ü'.repeat(20));
    expect(await readTail(file, 9)).toMatchObject({ bytes: Buffer.from('üüüü'), lead: 8 });
  });

  it('shows no half of a secret where it is cut and has no lines', async () => {
    const file = `${'filling '.repeat(3_000_000)}`;
    const size = 16 * 1024 * 1024;
    const cutAt = file.length - size;
    // The cut goes through the value, and between its name and it.
    for (const before of [`password=${secret.slice(0, 8)}`, 'password=']) {
      const line = `password=${secret} `;
      const content = Buffer.from(`${file.slice(0, cutAt - before.length)}${line}${file.slice(cutAt - before.length + line.length)}`);
      const { report, bytes } = await collected(content);
      expect(report).toMatchObject({ state: 'done' });
      expect(bytes.length).toBeGreaterThan(size - 200_000);
      expect(bytes.includes(secret.slice(8))).toBe(false);
    }
  });

  it('is UTF-16 as well, and nothing that is binary', () => {
    expect(asText(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('grüße', 'utf16le')]))).toBe('grüße');
    expect(asText(Buffer.from(Array.from({ length: 4096 }, () => Math.floor(random() * 256))))).toBeNull();
    expect(asText(Buffer.from('\x1b[31mred\x1b[0m\t\r\n'))).toBe('\x1b[31mred\x1b[0m\t\r\n');
  });

  it('is not a file of bytes: one with a secret to be read in it stays, another goes as it is', async () => {
    const noise = Buffer.from(Array.from({ length: 64 * 1024 }, () => Math.floor(random() * 256)));
    for (const inside of [Buffer.from(` ${mail} `), Buffer.from(` ${mail} `, 'utf16le')]) {
      expect((await collected(Buffer.concat([noise, inside, noise]))).bytes.includes(inside)).toBe(false);
    }
    const { report, bytes } = await collected(noise);
    expect(report).toMatchObject({ state: 'done', artifacts: [{ sensitive: true }] });
    expect(bytes.includes(noise)).toBe(true);
  });
});

describe('which files are chosen', () => {
  const never = new AbortController().signal;
  const tree = (): string => {
    const folder = temporaryFolder();
    for (const name of ['a/b/c', '{x,y}[z]*/logs', 'logs']) mkdirSync(join(folder, name), { recursive: true });
    for (const name of ['a/one.log', 'a/b/two.log', 'a/b/c/three.log', 'a/b/c/.hidden', 'logs/four.log', '{x,y}[z]*/logs/five.log']) writeFileSync(join(folder, name), 'x');
    return folder;
  };
  const names = (found: { files: readonly { path: string }[] }, folder: string): string[] => found.files.map(({ path }) => path.slice(folder.length + 1));

  it('walks the list of the machine alone, whatever is asked for', async () => {
    const folder = tree();
    expect(names(await chooseFiles([`${folder}/a/**/*.log`], ['/**', '/**/*', `${folder}/{a,logs}/**`], null, never), folder)).toEqual(['a/b/c/three.log', 'a/b/two.log', 'a/one.log']);
    expect(names(await chooseFiles([`${folder}/a/**`, `${folder}/logs/{four,none/x}.log`], undefined, null, never), folder)).toEqual(['a/b/c/three.log', 'a/b/two.log', 'a/one.log', 'logs/four.log']);
    const nothing = await chooseFiles([`${folder}/a/*`], ['/**/shadow', '/etc/shadow', `${folder}/a/no.log`], null, never);
    expect([nothing.files, nothing.skipped.map(({ why }) => why.slice(0, 12))]).toEqual([[], ['no file on th', 'not on the li', 'no such file,'].map((why) => why.slice(0, 12))]);
  });

  it('takes the folder of the process for a name, not for a pattern', async () => {
    const folder = tree();
    const cwd = join(folder, '{x,y}[z]*');
    expect(names(await chooseFiles(['{cwd}/logs/*'], undefined, cwd, never), folder)).toEqual(['{x,y}[z]*/logs/five.log']);
    expect(names(await chooseFiles(['{cwd}/../logs/*'], undefined, join(folder, 'a'), never), folder)).toEqual(['logs/four.log']);
    expect(names(await chooseFiles(['{cwd}/logs/*'], undefined, join(folder, '*'), never), folder)).toEqual([]);
    expect(compiled('{cwd}/x', null)).toEqual([]);
    expect(compiled('{a,b}'.repeat(20), '/')).toEqual([]);
    for (const costly of ['/var/+(a|aa)+(a|aa)b', '/a/@(x)', '/a/{1..100000}', `/a/${'*a'.repeat(8)}`]) expect(compiled(costly, null), costly).toEqual([]);
    expect(compiled('/var/**/*.log', null)).toHaveLength(1);
    expect(compiled('/a/{b,c/d}/*', null).filter((pattern) => matches(pattern, '/a/c/d/e'))).toHaveLength(1);
  });

  it('ends at its bound and says so, and at once when it is cancelled', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 30; index++) writeFileSync(join(folder, `${index}.log`), '');
    const walk = new Walk(never, 10);
    const found: string[] = [];
    for (const pattern of compiled(`${folder}/*`, null)) for await (const path of walk.files(pattern)) found.push(path);
    expect([found.length, walk.stoppedAfter]).toEqual([10, 11]);
    await expect(chooseFiles([`${folder}/*`], undefined, null, AbortSignal.abort())).rejects.toBeInstanceOf(Aborted);
  });
});

it('redacts the texts of a value under their names, and no number', () => {
  const seen: (string | undefined)[] = [];
  const redacted = redactStrings({ a: ['x', 7], b: { c: 'y', d: null } }, (text, key) => { seen.push(key); return { text: `<${text}>`, findings: 1 }; });
  expect(redacted).toEqual({ a: ['<x>', 7], b: { c: '<y>', d: null } });
  expect(seen).toEqual(['a', 'c']);
});

it('redacts large texts in parts, whole lines each, and no PEM block is cut', async () => {
  const block = `-----BEGIN X-----\n${'line\n'.repeat(1500)}-----END X-----\n`;
  for (const before of [6500, 7000, 8000, 9000]) {
    const parts: string[] = [];
    const text = `${'before\n'.repeat(before)}${block}${'after\n'.repeat(20_000)}`;
    const whole = await redactLong((part) => { parts.push(part); return { text: part, findings: 1 }; }, text);
    expect(whole).toEqual({ text, findings: parts.length });
    expect(parts.every((part) => part.endsWith('\n'))).toBe(true);
    expect(parts.some((part) => part.includes(block))).toBe(true);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(64 * 1024);
  }
});

it('hides a key that is longer than a part to its end, and goes on behind it', async () => {
  const lines = Array.from({ length: 3000 }, () => Array.from({ length: 64 }, () => alphabet[Math.floor(random() * alphabet.length)]).join(''));
  for (const before of [0, 100, 6000]) {
    const { text } = await redactLong(redactText(), `${'before\n'.repeat(before)}-----BEGIN RSA PRIVATE ${'KEY'}-----\n${lines.join('\n')}\n-----END RSA PRIVATE ${'KEY'}-----\nbehind it\n`);
    expect(lines.filter((line) => text.includes(line))).toEqual([]);
    expect(text).toMatch(/behind it\n$/);
  }
});

it('cuts before what is not indented, so that a value stays with the name above it', () => {
  const text = `${'a: 1\n'.repeat(9825)}b:\n${'  c: |\n    d\n'.repeat(500)}e: 1\n${'f: 1\n'.repeat(9000)}`;
  expect(text.slice(partEnd(text, 0)).startsWith('e: 1')).toBe(true);
});

it('cuts a long text without lines beside the secrets in it, not through them', async () => {
  const redact = redactText();
  const most = 64 * 1024;
  const line = ` password=${secret} token=${secret} `;
  for (let at = -4; at < line.length + 4; at += 5) {
    const filling = 'filling '.repeat(2 * most / 8);
    const text = `${filling.slice(0, most - at)}${line}${filling.slice(most - at)}`;
    expect((await redactLong(redact, text)).text.includes(secret.slice(-6)), String(at)).toBe(false);
  }
});

it('ends each part of a long text within its bound, whatever is in it', () => {
  for (const unit of ['-----BEGIN X-----\n', '-----BEGIN X-----', 'x', '-----BEGIN X----------END X-----']) {
    const text = unit.repeat(1_000_000 / unit.length);
    let [parts, at] = [0, 0];
    for (; at < text.length; parts++) {
      const end = partEnd(text, at);
      expect(end > at && end - at <= 64 * 1024, unit).toBe(true);
      at = end;
    }
    expect(at).toBe(text.length);
  }
});

it('writes tar as tar reads it', () => {
  const content = Buffer.from('content');
  const archive = Buffer.concat(['short.txt', `${'ü'.repeat(120)}.txt`].flatMap((name) => [tarHeader({ name, bytes: content.length, modifiedUnixMs: 0 }), content, tarPadding(content.length)]).concat(tarEnd()));
  expect(execFileSync('tar', ['--quoting-style=literal', '-tf', '-'], { input: archive, encoding: 'utf8' }).trim().split('\n')).toEqual(['short.txt', `${'ü'.repeat(120)}.txt`]);
});
