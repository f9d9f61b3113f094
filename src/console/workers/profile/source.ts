// The bytes of a profile in one piece, held once: an artifact's content as it streams in, or a file of this machine; unpacked.
import { failure, ok, type Result } from '../../../base/index.ts';
import { streamSource, type ByteSink } from '../artifact-source/index.ts';
import type { ProfileProgress, ProfileSource } from './types.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What a page can hold at once: beyond it a browser ends the tab rather than say no. */
const maxFileBytes = 1024 ** 3;
const help = 'Take a shorter sample, or open the file with a tool outside of the browser.';

/** Never throws; a cancelled reading is a failure that nobody hears. */
export async function readSource(source: ProfileSource, progress: (progress: ProfileProgress) => void, signal: AbortSignal): Promise<Result<Bytes>> {
  const gathered = new Gathered(share => progress({ stage: 'fetching', share }));
  const streamed = await streamSource(source, gathered, signal);
  if (!streamed.ok) return streamed;
  return gathered.tooLarge ? failure('profile.too-large', 'The file is larger than 1 GiB, more than a page can hold.', help) : ok(gathered.bytes());
}

/** One buffer of the announced size; one that grows where more comes than was announced. */
class Gathered implements ByteSink {
  tooLarge = false;
  readonly #progress: (share: number | null) => void;
  #total = 0;
  #bytes: Bytes = new Uint8Array();
  #length = 0;

  constructor(progress: (share: number | null) => void) { this.#progress = progress; }

  begin(totalBytes: number): boolean {
    this.tooLarge = totalBytes > maxFileBytes;
    this.#total = totalBytes;
    if (!this.tooLarge) this.#bytes = new Uint8Array(totalBytes);
    return !this.tooLarge;
  }

  chunk(chunk: Uint8Array): boolean {
    this.tooLarge = this.#length + chunk.length > maxFileBytes;
    if (this.tooLarge) return false;
    this.#bytes = roomFor(this.#bytes, this.#length + chunk.length);
    this.#bytes.set(chunk, this.#length);
    this.#length += chunk.length;
    this.#progress(this.#total === 0 ? null : Math.min(1, this.#length / this.#total));
    return true;
  }

  bytes(): Bytes { return this.#length === this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, this.#length); }
}

function roomFor(bytes: Bytes, wanted: number): Bytes {
  if (wanted <= bytes.length) return bytes;
  const grown = new Uint8Array(Math.min(maxFileBytes, Math.max(wanted, bytes.length * 2, 2 ** 20)));
  grown.set(bytes);
  return grown;
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Undoes gzip by the browser's own code, up to what a page can hold; some tools pack what is packed already. */
export async function unpacked(bytes: Bytes, fileName: string): Promise<Result<Bytes>> {
  let plain = bytes;
  for (let times = 0; times < 2 && isGzip(plain); times++) {
    const gathered = new Gathered(() => undefined);
    try {
      await inflateInto(gathered, plain);
    } catch {
      return failure('profile.gzip', `${fileName} is gzip, but cannot be unpacked: its bytes are damaged, or its end is missing.`, 'Copy the file again.');
    }
    if (gathered.tooLarge) return failure('profile.too-large', `Unpacked, ${fileName} is larger than 1 GiB, more than a page can hold.`, help);
    plain = gathered.bytes();
  }
  return ok(plain);
}

async function inflateInto(gathered: Gathered, packed: Bytes): Promise<void> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) if (!gathered.chunk(next.value)) { void reader.cancel(); return; }
}
