// A whole BFF on a free loopback port for one test file: temporary data, a fake compiler, a client with the token.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../main.ts';
import type { RunningServer, ServerOptions } from '../options.ts';
import { FakeCompiler } from './fake-compiler.ts';

export const token = 'person-token';
export const agentToken = 'agents-token';
export const indexHtml = '<!doctype html><title>console</title>';

export interface Answer { readonly status: number; readonly body: unknown; readonly headers: Headers }

export class TestServer {
  readonly directory = mkdtempSync(join(tmpdir(), 'weir-server-'));
  readonly compiler = new FakeCompiler();
  readonly #more: Partial<ServerOptions>;
  #running: RunningServer | null = null;

  constructor(more: Partial<ServerOptions> = {}) {
    this.#more = more;
    mkdirSync(join(this.directory, 'console/assets'), { recursive: true });
    writeFileSync(join(this.directory, 'console/index.html'), indexHtml);
    writeFileSync(join(this.directory, 'console/favicon.svg'), '<svg/>');
    writeFileSync(join(this.directory, 'console/assets/main-abc123.js'), 'void 0;');
  }

  get url(): string { return (this.#running as RunningServer).url; }
  get running(): RunningServer { return this.#running as RunningServer; }

  async start(): Promise<this> {
    this.#running = await startServer({
      port: 0, dataDir: join(this.directory, 'data'), token, agentToken, consoleDir: join(this.directory, 'console'), demoControlUrl: null,
      environment: 'test', version: '0.0.0', otlp: { http: 'http://127.0.0.1:4318', grpc: 'http://127.0.0.1:4317' }, compiler: this.compiler, ...this.#more,
    });
    return this;
  }

  async stop(): Promise<void> { await this.#running?.stop(); this.#running = null; }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Sends with the Bearer token; `path` is below the server's root. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = { authorization: `Bearer ${token}` }): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method, redirect: 'manual', headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: response.headers.get('content-type')?.startsWith('application/json') === true ? JSON.parse(text) as unknown : text };
  }

  /** Signs in as a browser does; gives the Cookie header. */
  async signIn(): Promise<string> {
    const { headers } = await this.call('GET', `/?token=${token}`, undefined, {});
    return (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  }
}
