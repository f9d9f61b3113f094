// MD5 (RFC 1321), SHA-1 and SHA-256 (FIPS 180-4) without the platform, for KQL's hash functions. None is used for secrecy.

const root = (value: number, power: number): number => Math.floor((value ** power % 1) * 2 ** 32) >>> 0;
const primes = (() => { const found: number[] = []; for (let n = 2; found.length < 64; n++) if (found.every((prime) => n % prime !== 0)) found.push(n); return found; })();
const shaConstants = Uint32Array.from(primes, (prime) => root(prime, 1 / 3));
const shaStart = Uint32Array.from(primes.slice(0, 8), (prime) => root(prime, 1 / 2));
const md5Constants = Uint32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) >>> 0);
const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

const left = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
const right = (value: number, by: number): number => (value >>> by) | (value << (32 - by));

/** The message with a one bit, zeros and its length in bits: whole blocks of 64 bytes. */
function padded(bytes: Uint8Array, littleEndian: boolean): DataView {
  const size = (bytes.length + 9 + 63) & ~63;
  const block = new Uint8Array(size);
  block.set(bytes);
  block[bytes.length] = 0x80;
  const view = new DataView(block.buffer);
  const [low, high] = [(bytes.length << 3) >>> 0, Math.floor(bytes.length / 2 ** 29)];
  view.setUint32(size - (littleEndian ? 8 : 4), low, littleEndian);
  view.setUint32(size - (littleEndian ? 4 : 8), high, littleEndian);
  return view;
}

function bytesOf(state: Uint32Array, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(state.length * 4);
  const view = new DataView(bytes.buffer);
  state.forEach((word, i) => view.setUint32(i * 4, word, littleEndian));
  return bytes;
}

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export function sha256(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.from(shaStart);
  const view = padded(bytes, false);
  const words = new Uint32Array(64);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const [x, y] = [words[i - 15]!, words[i - 2]!];
      words[i] = words[i - 16]! + (right(x, 7) ^ right(x, 18) ^ (x >>> 3)) + words[i - 7]! + (right(y, 17) ^ right(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const one = h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + shaConstants[i]! + words[i]!;
      const two = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = state[i]! + word; });
  }
  return bytesOf(state, false);
}

function sha1Mix(i: number, b: number, c: number, d: number): number {
  if (i < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  return i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc : (b ^ c ^ d) + 0xca62c1d6;
}

export function sha1(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const view = padded(bytes, false);
  const words = new Uint32Array(80);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + i * 4);
    for (let i = 16; i < 80; i++) words[i] = left(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1);
    let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const next = (left(a, 5) + sha1Mix(i, b, c, d) + e + words[i]!) | 0;
      e = d; d = c; c = left(b, 30); b = a; a = next;
    }
    [a, b, c, d, e].forEach((word, i) => { state[i] = state[i]! + word; });
  }
  return bytesOf(state, false);
}

/** The round's mixing function and the word it takes. */
function md5Mix(i: number, b: number, c: number, d: number): readonly [number, number] {
  if (i < 16) return [(b & c) | (~b & d), i];
  if (i < 32) return [(d & b) | (~d & c), (5 * i + 1) % 16];
  return i < 48 ? [b ^ c ^ d, (3 * i + 5) % 16] : [c ^ (b | ~d), (7 * i) % 16];
}

export function md5(bytes: Uint8Array): Uint8Array {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  const view = padded(bytes, true);
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = state as unknown as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const [mixed, word] = md5Mix(i, b, c, d);
      const turned = left((a + mixed + md5Constants[i]! + view.getUint32(at + word * 4, true)) | 0, md5Shifts[(i >> 4) * 4 + (i % 4)]!);
      a = d; d = c; c = b; b = (b + turned) | 0;
    }
    [a, b, c, d].forEach((word, i) => { state[i] = state[i]! + word; });
  }
  return bytesOf(state, true);
}
