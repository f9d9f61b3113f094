// The bytes of a profile: an artifact's content as it streams in, or a file of this machine. Each is held once.
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import type { ProfileProgress, ProfileSource } from './types.ts';

type Progress = (progress: ProfileProgress) => void;
type Bytes = Uint8Array<ArrayBuffer>;

/** What a page can hold at once: beyond it a browser ends the tab rather than say no. */
const maxFileBytes = 1024 ** 3;
const tooLarge = () => failure('profile.too-large', 'The file is larger than 1 GiB, more than a page can hold.', 'Take a shorter sample, or open the file with a tool outside of the browser.');

/** Never throws; a cancelled reading is a failure that nobody hears. */
export async function readSource(source: ProfileSource, progress: Progress, signal: AbortSignal): Promise<Result<Bytes>> {
  try {
    return source.kind === 'artifact' ? await readArtifact(source.url, progress, signal) : await readFile(source.file, progress, signal);
  } catch (error) {
    if (source.kind === 'artifact') return failure('profile.offline', 'The server does not answer.', 'Try again when it does.');
    return failure('profile.unreadable', `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`, 'It may have been moved or changed since it was chosen: choose it again.');
  }
}

async function readArtifact(url: string, progress: Progress, signal: AbortSignal): Promise<Result<Bytes>> {
  const response = await fetch(url, { credentials: 'same-origin', signal });
  if (!response.ok || response.body === null) return refusal(response);
  const announced = Number(response.headers.get('content-length') ?? Number.NaN);
  // A length that was counted before the transport unpacked the answer says nothing of what comes.
  const known = Number.isFinite(announced) && announced > 0 && response.headers.get('content-encoding') === null;
  return readStream(response.body, known ? announced : null, progress);
}

async function readFile(file: File, progress: Progress, signal: AbortSignal): Promise<Result<Bytes>> {
  if (file.size > maxFileBytes) return tooLarge();
  progress({ stage: 'reading', share: null });
  const bytes = new Uint8Array(await file.arrayBuffer());
  signal.throwIfAborted();
  return ok(bytes);
}

/** Into one buffer of the announced size; one that grows where none is announced. */
async function readStream(body: ReadableStream<Uint8Array>, total: number | null, progress: Progress): Promise<Result<Bytes>> {
  if (total !== null && total > maxFileBytes) { void body.cancel(); return tooLarge(); }
  let bytes: Bytes = new Uint8Array(total ?? 2 ** 20);
  let length = 0;
  for (const reader = body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return ok(length === bytes.length ? bytes : bytes.subarray(0, length));
    if (length + value.length > maxFileBytes) { void reader.cancel(); return tooLarge(); }
    bytes = roomFor(bytes, length + value.length);
    bytes.set(value, length);
    length += value.length;
    progress({ stage: 'fetching', share: total === null ? null : Math.min(1, length / total) });
  }
}

function roomFor(bytes: Bytes, wanted: number): Bytes {
  if (wanted <= bytes.length) return bytes;
  const grown = new Uint8Array(Math.min(maxFileBytes, Math.max(wanted, bytes.length * 2)));
  grown.set(bytes);
  return grown;
}

async function refusal(response: Response): Promise<Result<never, Failure>> {
  const body: unknown = await response.json().catch(() => null);
  const said = (body as { error?: { message?: unknown; help?: unknown } } | null)?.error;
  const message = typeof said?.message === 'string' ? said.message : `The server answered with status ${response.status}.`;
  return failure('profile.refused', message, typeof said?.help === 'string' ? said.help : response.status === 404 ? 'It was deleted, or its time was over. Choose another profile.' : 'Try again; the server log has the cause.');
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Undoes gzip by the browser's own code, up to what a page can hold; some tools pack what is packed already. */
export async function unpacked(bytes: Bytes, fileName: string): Promise<Result<Bytes>> {
  let plain = bytes;
  for (let times = 0; times < 2 && isGzip(plain); times++) {
    try {
      const read = await readStream(new Blob([plain]).stream().pipeThrough(new DecompressionStream('gzip')), null, () => undefined);
      if (!read.ok) return failure('profile.too-large', `Unpacked, ${fileName} is larger than 1 GiB, more than a page can hold.`, read.error.help);
      plain = read.value;
    } catch {
      return failure('profile.gzip', `${fileName} is gzip, but cannot be unpacked: its bytes are damaged, or its end is missing.`, 'Copy the file again.');
    }
  }
  return ok(plain);
}
