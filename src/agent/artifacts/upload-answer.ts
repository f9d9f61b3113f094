// What the server's answer to an upload means, as one value. Pure.
import { uploadStatus } from '../../model/index.ts';

/** `goes-on`: the offset that the server has. `again`: this one later. `away`: nothing can be sent now. */
export type UploadStep =
  | { readonly step: 'stored' } | { readonly step: 'goes-on'; readonly offset: number } | { readonly step: 'begin-again' }
  | { readonly step: 'refused' | 'again' | 'away'; readonly why: string };

export function readAnswer(status: number, body: string): UploadStep {
  const json = parseJson(body);
  const read = uploadStatus.safeParse(json);
  if (read.success) {
    const { state, offset, problem } = read.data;
    return state === 'stored' ? { step: 'stored' } : state === 'partial' ? { step: 'goes-on', offset } : { step: 'refused', why: problem ?? 'The server gave no reason.' };
  }
  const why = messageOf(json) ?? `The server answered with status ${status}.`;
  // 404 with a reason is an upload that the server does not know (any more); without one it is a server that knows no uploads.
  if (status === 404) return messageOf(json) === null ? { step: 'away', why: 'The server knows no artifacts: it is of an older version.' } : { step: 'begin-again' };
  if (status === 507) return { step: 'again', why };
  if (status === 400 || status === 413 || status === 422) return { step: 'refused', why };
  return { step: status === 503 ? 'again' : 'away', why };
}

function parseJson(text: string): unknown {
  try { return JSON.parse(text); } catch { return null; }
}

/** The reason in an answer of the API (model/api.ts `apiError`). */
function messageOf(json: unknown): string | null {
  const error = (json as { error?: { message?: unknown; code?: unknown } } | null)?.error;
  return typeof error?.message === 'string' && error.code !== 'route.unknown' ? error.message : null;
}
