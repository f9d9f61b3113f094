// HMAC-SHA-256 (RFC 2104, FIPS 180-4) in plain JavaScript: pure layers have no crypto module, and a hash of one short
// value is cheap enough. For fingerprints of findings only.

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes, as FIPS 180-4 defines them. */
const constants = roots(64, (prime) => Math.cbrt(prime));
/** The same of the square roots of the first eight. */
const initial = roots(8, (prime) => Math.sqrt(prime));

function roots(count: number, root: (prime: number) => number): Uint32Array {
  const out = new Uint32Array(count);
  for (let candidate = 2, i = 0; i < count; candidate++) {
    if (isPrime(candidate)) out[i++] = Math.floor((root(candidate) % 1) * 0x1_0000_0000);
  }
  return out;
}

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}

const schedule = new Uint32Array(64);
const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** One block of 64 bytes into the state. */
function compress(state: Uint32Array, block: DataView, at: number): void {
  const w = schedule;
  for (let i = 0; i < 16; i++) w[i] = block.getUint32(at + i * 4);
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15]!;
    const b = w[i - 2]!;
    w[i] = w[i - 16]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i]! + w[i]!) | 0;
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0]! += a; state[1]! += b; state[2]! += c; state[3]! += d; state[4]! += e; state[5]! += f; state[6]! += g; state[7]! += h;
}

/** Hashes the rest of a message after `done` bytes (whole blocks) already in `state`. */
function finish(state: Uint32Array, rest: Uint8Array, done: number): Uint8Array {
  const padded = new Uint8Array(Math.ceil((rest.length + 9) / 64) * 64);
  padded.set(rest);
  padded[rest.length] = 0x80;
  const view = new DataView(padded.buffer);
  const bits = (done + rest.length) * 8;
  view.setUint32(padded.length - 8, Math.floor(bits / 0x1_0000_0000));
  view.setUint32(padded.length - 4, bits >>> 0);
  for (let at = 0; at < padded.length; at += 64) compress(state, view, at);
  const out = new Uint8Array(32);
  const words = new DataView(out.buffer);
  state.forEach((word, i) => words.setUint32(i * 4, word));
  return out;
}

/** A function that gives the 32 bytes of HMAC-SHA-256 under `key`; the work on the key is done once. */
export function hmacSha256(key: Uint8Array): (message: Uint8Array) => Uint8Array {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? finish(initial.slice(), key, 0) : key);
  const keyed = (pad: number): Uint32Array => {
    const state = initial.slice();
    compress(state, new DataView(block.map((byte) => byte ^ pad).buffer), 0);
    return state;
  };
  const inner = keyed(0x36);
  const outer = keyed(0x5c);
  return (message) => finish(outer.slice(), finish(inner.slice(), message, 64), 64);
}

/** SHA-256 of a message, without a key: for the check sums of formats, never for a fingerprint. */
export function sha256(message: Uint8Array): Uint8Array {
  return finish(initial.slice(), message, 0);
}
