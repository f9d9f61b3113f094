// The program's doors: what is not a command, an option or a usable setting ends with code 2 and says so.
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { temporaryFiles } from './testing/files.ts';
import { runWeirHere } from './testing/run-weir-here.ts';
import { runWeir } from './testing/run-weir.ts';

const file = temporaryFiles();
const anyPorts = { PORT: '0', WEIR_OTLP_HTTP_PORT: '0', WEIR_OTLP_GRPC_PORT: '0' };

test('help and version are answers', async () => {
  expect(await runWeir(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  const help = await runWeirHere(['--help']);
  expect(help.code).toBe(0);
  for (const command of ['up', 'server', 'agent', 'rules', 'kql']) expect(help.stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
});

test('an unknown command or option, or a missing argument, is code 2', async () => {
  const cases: readonly (readonly [string[], RegExp])[] = [
    [['upp'], /unknown command 'upp'/], [['kql', 'source', '--inptu', 'x'], /unknown option '--inptu'/], [['kql'], /missing required argument 'query'/],
    [['rules', 'run', '--input', '-'], /required option '--rule <file>' not specified/], [['rules', 'test'], /missing required argument 'path'/], [['rules', 'apply'], /required option '-f, --file <path>' not specified/], [['rules', 'lint'], /unknown command 'lint'/], [[], /Usage: weir/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await runWeirHere(args);
    expect([args, code, stdout]).toEqual([args, 2, '']);
    expect(stderr).toMatch(message);
  }
  expect((await runWeir(['upp'])).code).toBe(2);
});

test('a server without tokens and an agent without purpose say what to set', async () => {
  const env = { ...anyPorts, WEIR_DATA: file('d1', '') };
  expect(await runWeir(['server'], { env })).toMatchObject({ code: 2, stderr: expect.stringContaining('WEIR_TOKEN is not set') });
  expect(await runWeir(['server'], { env: { ...env, WEIR_TOKEN: 'x'.repeat(20) } })).toMatchObject({ code: 2, stderr: expect.stringContaining('WEIR_AGENT_TOKEN is not set') });
  expect(await runWeir(['agent'], { env })).toMatchObject({ code: 2, stderr: expect.stringContaining('WEIR_SERVER') });
  expect(await runWeir(['agent'], { env: { ...env, WEIR_SERVER: 'ws://127.0.0.1:1' } })).toMatchObject({ code: 2, stderr: expect.stringContaining('WEIR_AGENT_TOKEN') });
});

test('settings that make no sense are refused before anything starts', async () => {
  const cases: readonly (readonly [string[], NodeJS.ProcessEnv, RegExp])[] = [
    [['up'], { PORT: 'http' }, /PORT is "http", which is not a port/], [['up'], { WEIR_OTLP_GRPC_PORT: '70000' }, /WEIR_OTLP_GRPC_PORT is "70000"/],
    [['up', '--forward', 'localhost:4318'], anyPorts, /--forward "localhost:4318" is not a URL/], [['up', '--exporter', 'archive'], anyPorts, /--exporter "archive" is not of the form name=URL/],
  ];
  for (const [args, env, message] of cases) {
    const { code, stdout, stderr } = await runWeirHere(args, { env });
    expect([args, code, stdout]).toEqual([args, 2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('Starting');
  }
});

test('each taken port is named with its setting and a free port to take instead', async () => {
  const holders = await Promise.all([0, 1].map(() => new Promise<ReturnType<typeof createServer>>((resolve) => { const server = createServer().listen(0, '127.0.0.1', () => resolve(server)); })));
  const [first, second] = holders.map((holder) => (holder.address() as AddressInfo).port) as [number, number];
  try {
    for (const name of Object.keys(anyPorts)) {
      const { code, stdout, stderr } = await runWeir(['up'], { env: { ...anyPorts, [name]: String(first) } });
      expect([name, code, stdout]).toEqual([name, 2, '']);
      expect(stderr).toMatch(new RegExp(`^weir: Port ${first} on 127\\.0\\.0\\.1, for .+, is taken by another program\\.\\n.*${name}=\\d+ npm start\\n$`));
    }
    const both = await runWeir(['up'], { env: { ...anyPorts, PORT: String(first), WEIR_OTLP_HTTP_PORT: String(second) } });
    expect(both.stderr).toMatch(new RegExp(`Port ${first} .*\\n.*Port ${second} .*\\n.*PORT=\\d+ WEIR_OTLP_HTTP_PORT=\\d+ npm start`));
    const server = await runWeir(['server'], { env: { PORT: String(first), WEIR_TOKEN: 'x'.repeat(20), WEIR_AGENT_TOKEN: 'y'.repeat(20), WEIR_DATA: `${file('d2', '')}-data` } });
    expect(server).toMatchObject({ code: 2, stderr: expect.stringContaining(`Port ${first}`) });
  } finally {
    for (const holder of holders) holder.close();
  }
});

test('help of the rule commands shows how they are written, with the server and its token', async () => {
  const { code, stdout } = await runWeirHere(['rules', 'apply', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('weir rules apply -f rules/ --server http://127.0.0.1:4300 --token TOKEN\n');
  expect((await runWeirHere(['rules', '--help'])).stdout).toContain('weir rules validate rules/\n');
  expect((await runWeirHere(['rules', 'list'], { env: { WEIR_TOKEN: '' } })).stderr).toContain('--server http://127.0.0.1:4300 --token TOKEN or WEIR_TOKEN=TOKEN in the environment');
});
