// `weir up`: BFF, one agent and the demo shop on one machine, each a process of its own, on loopback.
import { randomBytes } from 'node:crypto';
import { extname, join } from 'node:path';
// The leaf file, not the index: the supervisor must not load an agent to start one.
import { agentNodeFlags } from '../../agent/node-flags.ts';
import type { Failure } from '../../base/index.ts';
import type { PortSettings } from '../settings.ts';
import { SupervisedChild, type Ready } from './child.ts';
import { settlePorts } from './ports.ts';

export interface UpOptions extends PortSettings {
  readonly dataDir: string;
  /** Null makes a random one. */
  readonly token: string | null;
  readonly forward: string | null;
  readonly exporters: readonly string[];
  readonly demo: boolean;
}

const source = join(import.meta.dirname, '../..');
const extension = extname(import.meta.filename);
const script = (path: string): string => join(source, `${path}${extension}`);

/** Starts everything; resolves when all is stopped. Prints progress to stderr and the one URL to stdout. */
export async function up(options: UpOptions): Promise<void> {
  const say = (line: string): void => { process.stderr.write(`${line}\n`); };
  const started = performance.now();
  const token = options.token ?? randomBytes(18).toString('base64url');
  const agentToken = randomBytes(24).toString('base64url');
  const children: SupervisedChild[] = [];
  // Compiled code is kept, so that every start but the first spends less on loading (https://nodejs.org/api/module.html#module-compile-cache).
  const compileCache = process.env['NODE_COMPILE_CACHE'] ?? join(options.dataDir, 'compile-cache');
  const part = (name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ready> => {
    const child = new SupervisedChild({ name, args, env: { ...process.env, NODE_COMPILE_CACHE: compileCache, WEIR_PARENT: '1', ...env } }, say);
    children.push(child);
    say(`Starting the ${name} …`);
    return child.start();
  };
  // The last started goes first: the shop hands what it holds to the agent, the agent to its downstream.
  const stopAll = async (): Promise<void> => { for (const child of children.toReversed()) await child.stop(); };

  const done = untilStopped(say, stopAll);
  try {
    const { port, otlpHttpPort, otlpGrpcPort, controlPort } = await settlePorts(options);
    const otlpHttp = `http://127.0.0.1:${otlpHttpPort}`;
    const otlpGrpc = `http://127.0.0.1:${otlpGrpcPort}`;
    const shared = { WEIR_DATA: options.dataDir, WEIR_TOKEN: token, WEIR_AGENT_TOKEN: agentToken, WEIR_OTLP_HTTP_PORT: String(otlpHttpPort), WEIR_OTLP_GRPC_PORT: String(otlpGrpcPort) };
    const [server] = await Promise.all([
      part('server', [script('cli/main'), 'server'], { ...shared, PORT: String(port), ...(options.demo ? { WEIR_DEMO_URL: `http://127.0.0.1:${controlPort}` } : {}) }),
      part('agent', [...agentNodeFlags, script('cli/main'), 'agent', ...flag('--forward', options.forward), ...options.exporters.flatMap((one) => ['--exporter', one])], { ...shared, WEIR_SERVER: `ws://127.0.0.1:${port}` }),
    ]);
    // The shop's five processes would take the cores that the page waits for.
    if (options.demo) await part('demo shop', [script('demo/shop')], { OTEL_EXPORTER_OTLP_ENDPOINT: otlpHttp, DEMO_CONTROL_PORT: String(controlPort) });
    say(`Ready in ${((performance.now() - started) / 1000).toFixed(1)} s. OTLP/HTTP ${otlpHttp}, OTLP/gRPC ${otlpGrpc}, data in ${options.dataDir}${options.demo ? ', demo shop running' : ''}.`);
    if (options.forward === null) say('No downstream: records are counted and discarded after the rules. Add --forward URL to send them on.');
    say('Open this in a browser (Ctrl-C ends everything):');
    process.stdout.write(`${String(server['url'])}/?token=${token}\n`);
  } catch (failed) {
    await stopAll();
    throw asFailure(failed);
  }
  await done;
}

function asFailure(failed: unknown): Failure {
  if (typeof failed === 'object' && failed !== null && 'code' in failed && 'message' in failed) return failed as Failure;
  return { code: 'up.failed', message: String(failed) };
}

const flag = (name: string, value: string | null): readonly string[] => (value === null ? [] : [name, value]);

/** Resolves once a signal has come and everything has stopped; a second signal ends at once. */
function untilStopped(say: (line: string) => void, stopAll: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = (): void => {
      if (asked) process.exit(130);
      asked = true;
      say('Stopping …');
      void stopAll().then(resolve);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  });
}
