// Who this agent is, across restarts: the OpAMP instance uid (a UUID v7), kept in `instance.json`.
import { z } from 'zod';
import { decodeUtf8, encodeUtf8, type Clock } from '../../base/index.ts';
import { instanceUidFromHex, instanceUidToHex } from '../../model/opamp/index.ts';
import type { Files, Random } from '../ports/index.ts';

const fileName = 'instance.json';
const stored = z.object({ version: z.literal(1), instanceUid: z.string().regex(/^[0-9a-f]{32}$/) });

export class Identity {
  readonly #files: Files;
  #hex: string;
  private constructor(files: Files, hex: string) {
    this.#files = files;
    this.#hex = hex;
  }

  /** An unreadable or missing file gives a new identity; that it cannot be saved is not a reason not to run. */
  static async load(files: Files, clock: Clock, random: Random): Promise<Identity> {
    const content = await files.read(fileName);
    const known = content.ok && content.value !== null ? parse(content.value) : null;
    const identity = new Identity(files, known ?? instanceUidToHex(uuidV7(clock, random)));
    if (known === null) await identity.#save();
    return identity;
  }

  /** 32 lower-case hex digits: Weir's AgentId. */
  get hex(): string { return this.#hex; }
  get bytes(): Uint8Array { return instanceUidFromHex(this.#hex)!; }

  /** The server may assign another one. False when it is not a valid uid. */
  async replace(uid: Uint8Array): Promise<boolean> {
    if (uid.length !== 16) return false;
    this.#hex = instanceUidToHex(uid);
    await this.#save();
    return true;
  }

  async #save(): Promise<void> {
    await this.#files.writeAtomically(fileName, encodeUtf8(JSON.stringify({ version: 1, instanceUid: this.#hex })));
  }
}

function parse(bytes: Uint8Array): string | null {
  try {
    return stored.parse(JSON.parse(decodeUtf8(bytes))).instanceUid;
  } catch {
    return null;
  }
}

/** RFC 9562 section 5.7: 48 bits of Unix milliseconds, version 7, variant 10, the rest random. */
export function uuidV7(clock: Clock, random: Random): Uint8Array {
  const uid = random.bytes(16);
  const milliseconds = Number(clock.nowUnixNano() / 1_000_000n);
  for (let i = 0; i < 6; i++) uid[i] = Math.floor(milliseconds / 2 ** (8 * (5 - i))) % 256;
  uid[6] = 0x70 | (uid[6]! & 0x0f);
  uid[8] = 0x80 | (uid[8]! & 0x3f);
  return uid;
}
