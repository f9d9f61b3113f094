// The key that agents hash and fingerprint with: one for each day in UTC, so that equal values join within a day and nobody can
// follow one across days. It follows from a master key in a file of its own, is sent to agents, and stands nowhere else: not in
// the configuration, logs, audit or API.
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import type { redactionKeyMessage } from '../../model/index.ts';
import { loadOrCreateSecret } from '../auth/index.ts';
import { dayMs } from './bounds.ts';

export interface KeyPeriod { readonly name: string; readonly endsAtMs: number }

export const periodAt = (nowMs: number): KeyPeriod => ({ name: new Date(nowMs).toISOString().slice(0, 10), endsAtMs: (Math.floor(nowMs / dayMs) + 1) * dayMs });

export class KeyPeriods {
  readonly #master: Uint8Array;
  #told = '';

  /** 32 bytes. */
  constructor(master: Uint8Array) { this.#master = master; }

  /** Made at the first start. Throws when the file cannot be written or is damaged. */
  static of(dataDir: string): KeyPeriods { return new KeyPeriods(loadOrCreateSecret(join(dataDir, 'redaction.key'), 'hashes of today then differ from those of before')); }

  /** For agents only. */
  message(nowMs: number): z.infer<typeof redactionKeyMessage> {
    const { name } = periodAt(nowMs);
    return { period: name, key: createHmac('sha256', this.#master).update(name).digest('base64') };
  }

  /** True once in each period, from its first call on: then every agent needs the new key. */
  begins(nowMs: number): boolean {
    const { name } = periodAt(nowMs);
    const begins = name !== this.#told;
    this.#told = name;
    return begins;
  }
}
