// Chunks of an artifact's content as the server sends it, or of a file that a person chose.
import { failure, ok, type Result } from '../../../base/index.ts';

/** `bytes` is the size that the artifact has by its facts, for when the transport does not say it. */
export type ArtifactSource =
  | { readonly kind: 'artifact'; readonly url: string; readonly name: string; readonly bytes: number }
  | { readonly kind: 'file'; readonly file: File };

export interface ByteSink {
  /** Once, before the first chunk. `totalBytes`: as far as anybody knows. False: it is not read at all. */
  begin(totalBytes: number): boolean;
  /** False: no more is wanted. The chunk's memory belongs to the stream. */
  chunk(bytes: Uint8Array): boolean;
}

export const sourceName = (source: ArtifactSource): string => (source.kind === 'file' ? source.file.name : source.name);

/** Resolves when the source is at its end, or the sink wants no more. Rejects only with what the sink throws. */
export async function streamSource(source: ArtifactSource, sink: ByteSink, signal: AbortSignal): Promise<Result<void>> {
  const opened = await (source.kind === 'artifact' ? openArtifact(source, signal) : openFile(source.file));
  if (!opened.ok) return opened;
  if (!sink.begin(opened.value.totalBytes)) { void opened.value.body.cancel().catch(() => undefined); return ok(undefined); }
  return pump(opened.value.body, sink, source.kind);
}

interface Opened { readonly totalBytes: number; readonly body: ReadableStream<Uint8Array> }

async function openArtifact({ url, bytes }: Extract<ArtifactSource, { kind: 'artifact' }>, signal: AbortSignal): Promise<Result<Opened>> {
  try {
    const response = await fetch(url, { credentials: 'same-origin', signal });
    if (!response.ok || response.body === null) return await refusal(response);
    return ok({ totalBytes: announcedBytes(response) ?? bytes, body: response.body });
  } catch {
    return failure('artifact-source.offline', 'The server does not answer.', 'Try again when it does.');
  }
}

/** A length that was counted before the transport unpacked the answer says nothing of what comes. */
function announcedBytes({ headers }: Response): number | null {
  const announced = Number(headers.get('content-length') ?? Number.NaN);
  return Number.isFinite(announced) && announced > 0 && headers.get('content-encoding') === null ? announced : null;
}

const openFile = async (file: File): Promise<Result<Opened>> => ok({ totalBytes: file.size, body: file.stream() });

async function pump(body: ReadableStream<Uint8Array>, sink: ByteSink, kind: ArtifactSource['kind']): Promise<Result<void>> {
  for (const reader = body.getReader(); ;) {
    const next = await reader.read().catch(() => null);
    if (next === null) return kind === 'artifact'
      ? failure('artifact-source.cut', 'The server stopped in the middle of it.', 'Try again; the connection may have been lost.')
      : failure('artifact-source.unreadable', 'The file cannot be read.', 'It may have been moved or changed since it was chosen: choose it again.');
    if (next.done) return ok(undefined);
    if (!sink.chunk(next.value)) { void reader.cancel().catch(() => undefined); return ok(undefined); }
  }
}

async function refusal(response: Response): Promise<Result<never>> {
  const body: unknown = await response.json().catch(() => null);
  const said = (body as { error?: { message?: unknown; help?: unknown } } | null)?.error;
  const message = typeof said?.message === 'string' ? said.message : `The server answered with status ${response.status}.`;
  const help = typeof said?.help === 'string' ? said.help : response.status === 404 ? 'It was deleted, or its time was over. Choose another one.' : 'Try again; the server log has the cause.';
  return failure('artifact-source.refused', message, help);
}
