// Starts and stops a BFF: the one place where clock, randomness, files and sockets are chosen.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp, type App } from './app.ts';
import { loadOrCreateSecret, Sessions } from './auth/index.ts';
import { createKqlCompiler } from './kql/index.ts';
import type { RunningServer, ServerOptions } from './options.ts';
import { nowMs as readMs, systemClock } from './ports/clock.ts';
import type { KqlCompiler } from './ports/compiler.ts';
import { systemRandom } from './ports/random.ts';
import { openServices, type Services } from './services.ts';
import { explainListenError } from './start-error.ts';

const defaultHost = '127.0.0.1';
/** An agent that is silent for two of these is gone. */
const aliveCheckMs = 10_000;
const shedNoticeMs = 1000;
/** How late a rule may end that ends by itself; agents are no later than their own clock. */
const expiryCheckMs = 500;
/** The redaction audit is written down once a second, and a new key goes out no later. */
const redactionTickMs = 1000;
/** Actions, incidents and artifacts look after themselves once a second. */
const diagnosticsTickMs = 1000;

/** Throws ServerStartError when the address cannot be used; then nothing is left running. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host = defaultHost, clock = systemClock, random = systemRandom } = options;
  const nowMs = () => readMs(clock);
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const sessions = new Sessions(loadOrCreateSecret(join(options.dataDir, 'session.key')), nowMs);
  const compiler = options.compiler ?? createKqlCompiler();
  // Set below; errors of the fleet's background writes go to the log.
  let app: App | null = null;
  const services = await openServices({ dataDir: options.dataDir, compiler, random, nowMs, onError: (error) => { app?.http.log.error(error); }, artifactBounds: options.artifacts, ...(options.maxTails !== undefined && { maxTails: options.maxTails }) });
  const close = async () => {
    await services.stop();
    await app?.http.close();
    await compiler.stop();
    await services.store.close();
  };
  try {
    app = await buildApp(options, services, sessions);
    await app.http.listen({ host, port: options.port });
    if (options.compiler === undefined) warm(compiler);
  } catch (error) {
    await close();
    throw explainListenError(error, host, options.port);
  }
  return running(app, host, options.token, keepWatch(app, services), close);
}

/** The first link to a tail is opened soon after the start: its filter finds a compiler that runs, in a thread of its own. */
function warm(compiler: KqlCompiler): void { void compiler.compile('Logs', 'filter').catch(() => undefined); }

function keepWatch({ http, opampSockets }: App, { tails, rules, breaches, redaction, tick }: Services): NodeJS.Timeout[] {
  const alive = setInterval(() => { for (const socket of opampSockets) socket.checkAlive(); }, aliveCheckMs);
  const shed = setInterval(() => { tails.tellShed(); }, shedNoticeMs);
  const expiry = setInterval(() => { rules.expireDue().catch((error: unknown) => { http.log.error(error); }); breaches.writeDue(); }, expiryCheckMs);
  const audit = setInterval(() => { redaction.tick(); }, redactionTickMs);
  const diagnostics = setInterval(tick, diagnosticsTickMs);
  return [alive, shed, expiry, audit, diagnostics];
}

function running({ http }: App, host: string, token: string, timers: readonly NodeJS.Timeout[], close: () => Promise<void>): RunningServer {
  const address = http.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const url = `http://${shownHost}:${port}`;
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    return stopped ??= close();
  };
  return { url, signInUrl: `${url}/?token=${encodeURIComponent(token)}`, port, stop };
}
