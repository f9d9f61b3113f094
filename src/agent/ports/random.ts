import { randomBytes } from 'node:crypto';

/** Randomness as a port: jitter and identities. */
export interface Random {
  /** Uniform in [0, 1). */
  fraction(): number;
  bytes(count: number): Uint8Array;
}

export const systemRandom: Random = { fraction: Math.random, bytes: (count) => Uint8Array.from(randomBytes(count)) };

/** Always the same numbers; for tests. */
export const fixedRandom = (fraction = 0.5): Random => ({ fraction: () => fraction, bytes: (count) => new Uint8Array(count).fill(7) });
