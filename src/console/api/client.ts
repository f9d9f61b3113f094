// The one fetch client. Answers are parsed with the shared schemas on arrival; anything else becomes an ApiFailure.
import { apiError } from '../../model/index.ts';
import { ApiFailure } from './errors.ts';

export const apiBase = '/api/v1';
const answerTimeoutMs = 15_000;
/** What was given up here may be done there all the same: a change is waited for, and the first rule after a start waits for its compiler. */
const changeTimeoutMs = 60_000;
/** A file of gigabytes takes its time. */
const fileTimeoutMs = 30 * 60_000;

/** Anything with zod's safeParse. */
export interface Schema<T> { safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false; readonly error: { readonly message: string } } }

export interface RequestOptions { readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; readonly body?: unknown; /** Sent as it is, in place of a body; a large one may take its time. */ readonly file?: Blob; readonly signal?: AbortSignal | undefined; /** How long the answer may take; when left out, 15 s for what is read and 60 s for a change. */ readonly timeoutMs?: number }

/** `path` starts with a slash, below /api/v1. A null schema means the answer has no body that matters. Throws ApiFailure. */
export async function request<T>(path: string, schema: Schema<T> | null, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  return readAnswer(response.status, await response.text(), schema, path);
}

/** What a status and a body mean. Throws ApiFailure. */
export function readAnswer<T>(status: number, text: string, schema: Schema<T> | null, path: string): T {
  const json = parseJson(text);
  if (status < 200 || status > 299) throw refusal(status, json);
  if (schema === null) return undefined as T;
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ApiFailure('unreadable', 'The server answered in a shape this page does not know', { status, help: 'Page and server are probably of different versions: reload the page.', cause: { path, reason: parsed.error.message } });
}

/** An answer that is a file, as it came. Throws ApiFailure. */
export async function requestFile(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await send(path, { signal, timeoutMs: fileTimeoutMs });
  if (!response.ok) throw refusal(response.status, parseJson(await response.text()));
  return response.blob();
}

async function send(path: string, { method = 'GET', body, file, signal, timeoutMs = file !== undefined ? fileTimeoutMs : method === 'GET' ? answerTimeoutMs : changeTimeoutMs }: RequestOptions): Promise<Response> {
  const signals = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json', ...(file !== undefined ? { 'content-type': 'application/octet-stream' } : body === undefined ? {} : { 'content-type': 'application/json' }) }, signal: AbortSignal.any(signals) };
  if (file !== undefined) init.body = file;
  else if (body !== undefined) init.body = JSON.stringify(body);
  try {
    return await fetch(new URL(`${apiBase}${path}`, location.origin), init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiFailure('offline', 'The server does not answer', { help: 'Agents go on with their last good rules. This page tries again by itself; if it stays so, see that `weir` still runs.' });
  }
}

function parseJson(text: string): unknown {
  try { return text === '' ? undefined : JSON.parse(text); } catch { return undefined; }
}

function refusal(status: number, json: unknown): ApiFailure {
  const parsed = apiError.safeParse(json);
  const known = parsed.success ? parsed.data.error : undefined;
  if (status === 401) return new ApiFailure('unauthorized', known?.message ?? 'Your session ended', { status, code: known?.code ?? 'unauthorized', help: known?.help });
  const kind = status >= 500 ? 'server' : 'refused';
  return new ApiFailure(kind, known?.message ?? `The server answered with status ${status}`, { status, code: known?.code ?? `http-${status}`, help: known?.help ?? (kind === 'server' ? 'Nothing was changed. Try again; the server log has the cause.' : undefined), issues: known?.issues, diagnostics: known?.diagnostics });
}
