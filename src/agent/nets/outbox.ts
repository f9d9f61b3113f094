// Firings that the server has not confirmed yet: bounded, on disk, sent until it says that it has them.
import { z } from 'zod';
import { decodeUtf8, type Clock } from '../../base/index.ts';
import { netFired, type NetFired } from '../../model/index.ts';
import { unixMs, type Files } from '../ports/index.ts';
import { Saver } from './saver.ts';

export const outboxFile = 'nets-fired.json';
const mostFired = 200;
/** Told so often in vain, a firing is one that this server does not take. */
const mostAttempts = 500;
/** Between two attempts with the same one. The server takes only so many a minute. */
const againMs = 15_000;
/** In one go: the others wait for the next second. */
const mostAtOnce = 20;

const stored = z.object({ version: z.literal(1), fired: z.array(z.unknown()) });

export interface OutboxOptions {
  readonly files: Pick<Files, 'read' | 'writeAtomically'>;
  readonly clock: Clock;
  readonly canSend: () => boolean;
  readonly send: (fired: NetFired) => void;
}

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #saver: Saver;
  /** Oldest first. */
  readonly #waiting = new Map<string, NetFired>();
  readonly #sent = new Map<string, { readonly atMs: number; readonly times: number }>();
  /** Those for which there was no room, and those that nobody takes. */
  dropped = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#saver = new Saver(options.files, outboxFile, () => ({ version: 1, fired: [...this.#waiting.values()] }));
  }

  get size(): number { return this.#waiting.size; }
  get problem(): string { return this.#saver.problem; }

  /** What an earlier process could not deliver. What cannot be read is dropped, and counted. */
  async load(): Promise<void> {
    const content = await this.#options.files.read(outboxFile);
    const parsed = content.ok && content.value !== null ? stored.safeParse(parsedJson(decodeUtf8(content.value))) : null;
    if (parsed === null) return;
    if (!parsed.success) { this.dropped++; return; }
    for (const entry of parsed.data.fired) {
      const fired = netFired.safeParse(entry);
      if (fired.success) this.#waiting.set(fired.data.id, fired.data); else this.dropped++;
    }
  }

  add(fired: NetFired): void {
    this.#waiting.set(fired.id, fired);
    if (this.#waiting.size > mostFired) this.#forget(this.#waiting.keys().next().value!);
    void this.#saver.save();
    this.#sendOne(fired);
  }

  #forget(id: string): void {
    this.#waiting.delete(id);
    this.#sent.delete(id);
    this.dropped++;
  }

  seen(id: string): void {
    this.#sent.delete(id);
    if (this.#waiting.delete(id)) void this.#saver.save();
  }

  /** Once a second. */
  tick(): void {
    const now = unixMs(this.#options.clock);
    for (const [id, { times }] of this.#sent) if (times >= mostAttempts) this.#forget(id);
    let left = mostAtOnce;
    for (const fired of this.#waiting.values()) {
      const sent = this.#sent.get(fired.id);
      if (sent !== undefined && Math.abs(now - sent.atMs) < againMs) continue;
      if (left-- === 0 || !this.#sendOne(fired)) return;
    }
  }

  #sendOne(fired: NetFired): boolean {
    if (!this.#options.canSend()) return false;
    this.#sent.set(fired.id, { atMs: unixMs(this.#options.clock), times: (this.#sent.get(fired.id)?.times ?? 0) + 1 });
    this.#options.send(fired);
    return true;
  }

  async settled(): Promise<void> { await this.#saver.save(); }
}

export function parsedJson(text: string): unknown {
  try { return JSON.parse(text); } catch { return null; }
}
