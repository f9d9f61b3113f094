// The artifacts of the mock backend: facts, and bytes that are made when somebody reads them.
import type { Artifact, ArtifactMeta } from '../../src/model/index.ts';
import { digest } from '../rules-store.ts';

export interface Kept { artifact: Artifact; read: () => Uint8Array | Promise<Uint8Array> }
export type MadeMeta = Partial<ArtifactMeta> & Pick<ArtifactMeta, 'kind' | 'format' | 'name' | 'summary'>;
const keptDays = 30;

export class MockArtifacts {
  readonly kept: Kept[] = [];
  /** Ids of those whose values somebody looked at, as the audit has them. */
  readonly reveals: string[] = [];
  readonly #now: () => number;
  #next = 1;

  constructor(now: () => number) { this.#now = now; }

  /** The newest stands first. */
  async add(meta: MadeMeta, read: Kept['read'], more: Partial<Artifact> = {}): Promise<Artifact> {
    const atMs = meta.createdUnixMs ?? this.#now();
    const id = (this.#next++).toString(16).padStart(32, 'a');
    const bytes = meta.bytes ?? (await read()).length;
    const artifact: Artifact = {
      id, sha256: digest(id).repeat(16).slice(0, 64), bytes, createdUnixMs: atMs, sensitive: false, service: null, process: null, action: null, incident: null, rule: null, fromUnixMs: null, toUnixMs: null, figures: {}, agent: null, by: null,
      state: 'stored', receivedBytes: bytes, storedAt: new Date(atMs).toISOString(), verifiedAt: new Date(atMs).toISOString(), pinned: false, expiresAt: new Date(atMs + keptDays * 86_400_000).toISOString(), downloads: 0, ...meta, ...more,
    };
    this.kept.unshift({ artifact, read });
    return artifact;
  }

  find(id: string): Kept | undefined { return this.kept.find(({ artifact }) => artifact.id === id); }
  remove(id: string): void { const at = this.kept.findIndex(({ artifact }) => artifact.id === id); if (at >= 0) this.kept.splice(at, 1); }
  change(id: string, change: Partial<Artifact>): Artifact | null {
    const kept = this.find(id);
    if (kept === undefined) return null;
    kept.artifact = { ...kept.artifact, ...change };
    return kept.artifact;
  }

  get quota() { return { usedBytes: this.kept.reduce((sum, { artifact }) => sum + artifact.receivedBytes, 0), maxBytes: 512 * 2 ** 20, count: this.kept.length, keptDays }; }
}
