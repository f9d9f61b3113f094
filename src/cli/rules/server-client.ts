// The BFF's REST API (model/api.ts) for the commands about rules and saved views: Bearer token, every answer checked by its schema.
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { apiError, ruleDetail, ruleList, viewImported, type RuleDetail, type RuleMode, type RuleSummary, type ViewImported } from '../../model/index.ts';
import { CommandFailure } from '../failure.ts';

export interface ServerOptions { readonly server?: string; readonly token?: string }

const defaultServer = 'http://127.0.0.1:4300';

const exampleOf = (url: string): string => `--server ${url} --token TOKEN`;

export class RuleServer {
  readonly url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
  }

  rules = async (): Promise<readonly RuleSummary[]> => (await this.#call('GET', '/rules', ruleList)).rules;
  rule = (id: string): Promise<RuleDetail> => this.#call('GET', `/rules/${encodeURIComponent(id)}`, ruleDetail);
  create = (text: string, note: string): Promise<RuleDetail> => this.#call('POST', '/rules', ruleDetail, { text, note });
  /** `base` is the version that was compared with; a newer one is not written over. */
  save = (id: string, base: number, text: string, note: string): Promise<RuleDetail> => this.#call('POST', `/rules/${encodeURIComponent(id)}/versions`, ruleDetail, { text, note, base });
  deploy = (id: string, version: number, mode: RuleMode): Promise<RuleDetail> => this.#call('POST', `/rules/${encodeURIComponent(id)}/deploy`, ruleDetail, { version, mode });
  /** A running rule is disabled first. */
  async remove(id: string): Promise<void> {
    const response = await this.#send('DELETE', `/rules/${encodeURIComponent(id)}?force=true`, undefined);
    if (!response.ok) throw refused(this.url, response.status, await response.json().catch(() => null));
  }

  /** All saved views, YAML documents behind each other. */
  async views(): Promise<string> {
    const response = await this.#send('GET', '/views/export', undefined);
    if (!response.ok) throw refused(this.url, response.status, await response.json().catch(() => null));
    return response.text();
  }

  /** All files or none; `dry`: the plan alone. */
  importViews = (files: readonly { readonly name: string; readonly text: string }[], dry: boolean): Promise<ViewImported> => this.#call('POST', `/views/import${dry ? '?dry=1' : ''}`, viewImported, { files });

  /** Waits as long as a busy server asks for, and sends again. */
  async #send(method: string, path: string, body: unknown): Promise<Response> {
    for (let waitedMs = 0; ;) {
      const response = await fetch(`${this.url}/api/v1${path}`, {
        method, headers: { authorization: `Bearer ${this.#token}`, ...(body !== undefined && { 'content-type': 'application/json' }) }, ...(body !== undefined && { body: JSON.stringify(body) }),
      }).catch((failed: unknown) => { throw unreachable(this.url, failed); });
      const waitMs = (Number(response.headers.get('retry-after')) || 1) * 1000;
      if (response.status !== 429 || waitedMs + waitMs > maxWaitMs) return response;
      await response.body?.cancel();
      await sleep(waitMs);
      waitedMs += waitMs;
    }
  }

  async #call<T extends z.ZodType>(method: string, path: string, schema: T, body?: unknown): Promise<z.infer<T>> {
    const response = await this.#send(method, path, body);
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw refused(this.url, response.status, answer);
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new CommandFailure({ code: 'cli.bad-answer', message: `${this.url} answered ${method} ${path} with something else than a Weir of this version does.`, help: 'Use the same version of Weir here and there.' });
  }
}

/** Asked to wait longer than this, a command gives up. */
const maxWaitMs = 70_000;

function unreachable(url: string, failed: unknown): CommandFailure {
  const cause = (failed as { cause?: { code?: string } }).cause?.code;
  return new CommandFailure({ code: 'cli.unreachable', message: `There is no answer from ${url}${cause === undefined ? '' : ` (${cause})`}.`, help: `Start Weir there (weir up), or name another address: ${exampleOf(defaultServer)}` });
}

function refused(url: string, status: number, answer: unknown): CommandFailure {
  const parsed = apiError.safeParse(answer);
  if (status === 401) return new CommandFailure({ code: 'cli.token', message: `${url} does not take this token.`, help: `The token is part of the address that Weir prints when it starts: ${exampleOf(url)}` });
  if (!parsed.success) return new CommandFailure({ code: 'cli.bad-answer', message: `${url} answered with status ${status}; it may not be a Weir server.`, help: `Name another address: ${exampleOf(defaultServer)}` });
  const { code, message, help } = parsed.data.error;
  return new CommandFailure({ code, message, ...(help !== undefined && { help }) });
}

/** `--server URL` (the address that Weir prints may be pasted, token and all), `--token` or WEIR_TOKEN. */
export function connect(options: ServerOptions, env: NodeJS.ProcessEnv): RuleServer {
  const given = options.server ?? defaultServer;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw new CommandFailure({ code: 'cli.bad-server', message: `--server "${given}" is not a URL.`, help: `For example --server ${defaultServer}` });
  const token = options.token ?? url.searchParams.get('token') ?? env['WEIR_TOKEN'];
  if (token === undefined || token === '') throw new CommandFailure({ code: 'cli.no-token', message: 'There is no token for the server.', help: `It is part of the address that Weir prints when it starts. For example: ${exampleOf(url.origin)} or WEIR_TOKEN=TOKEN in the environment.` });
  return new RuleServer(url.origin + url.pathname.replace(/\/+$/, ''), token);
}
