// What the parts of the artifact store share: the index, the files, how full it is, and the one way by which a file becomes an artifact.
import { failure, ok, type Result } from '../../base/index.ts';
import type { Artifact } from '../../model/index.ts';
import { record, weirItself } from '../audit/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import type { Store, StoredArtifact } from '../store/index.ts';
import { hashFile, type ArtifactFiles } from './artifact-files.ts';
import type { ArtifactBounds } from './bounds.ts';
import { Places } from './places.ts';

export interface ShelfOptions { readonly store: Store; readonly files: ArtifactFiles; readonly bounds: ArtifactBounds; readonly nowMs: () => number }

const mib = 2 ** 20;
const dayMs = 86_400_000;
const sizeText = (bytes: number): string => `${Math.ceil(bytes / mib)} MiB`;

export class Shelf {
  readonly store: Store;
  readonly files: ArtifactFiles;
  readonly bounds: ArtifactBounds;
  readonly nowMs: () => number;
  readonly places = new Places();
  readonly #stored = new Set<(artifact: StoredArtifact) => Promise<void>>();

  constructor({ store, files, bounds, nowMs }: ShelfOptions) {
    this.store = store;
    this.files = files;
    this.bounds = bounds;
    this.nowMs = nowMs;
  }

  now(): string { return new Date(this.nowMs()).toISOString(); }

  /** Called with each artifact that has become whole. Gives the way to stop. */
  onStored(listener: (artifact: StoredArtifact) => Promise<void>): () => void { this.#stored.add(listener); return () => this.#stored.delete(listener); }

  /** Whether one more of so many bytes may come: within the quota once the oldest have left, and with room on the disk. */
  async roomFor(bytes: number, except: string | null = null): Promise<Result<void, Problem>> {
    const { maxBytes, maxArtifacts } = this.bounds;
    if (bytes > maxBytes) return refuse('artifact.too-large', `It has ${sizeText(bytes)}, and all artifacts together may have ${sizeText(maxBytes)}.`);
    const { count } = await this.store.artifacts.used();
    if (count >= maxArtifacts) return refuse('artifact.quota', `There are ${count} artifacts, as many as may be.`);
    return this.roomForMore(bytes, except);
  }

  /** The same of bytes alone: of what is still to come of an upload that is known. `except`: the place of this id counts as free. */
  async roomForMore(bytes: number, except: string | null = null): Promise<Result<void, Problem>> {
    const { maxBytes, keepFreeBytes } = this.bounds;
    const { pinnedBytes } = await this.store.artifacts.used();
    const announcedBytes = await this.#reserved() + this.places.bytes(except);
    if (pinnedBytes + announcedBytes + bytes > maxBytes) return refuse('artifact.quota', `${sizeText(bytes)} are to come; with ${sizeText(pinnedBytes)} that are pinned and ${sizeText(announcedBytes)} on their way that is more than the ${sizeText(maxBytes)} that artifacts may take.`);
    const free = await this.files.freeBytes();
    if (free < bytes + keepFreeBytes) return refuse('artifact.disk-full', `${sizeText(bytes)} are to come, and the server's disk has ${sizeText(free)} free, of which ${sizeText(keepFreeBytes)} are kept for everything else.`);
    return ok(undefined);
  }

  /** Bytes that uploads on their way may claim: of one that nobody goes on with only what came. */
  async #reserved(): Promise<number> {
    let bytes = 0;
    for (const upload of await this.store.artifacts.uploading()) bytes += await this.isReserved(upload) ? upload.meta.bytes : await this.files.received(upload.meta.id);
    return bytes;
  }

  /** Whether somebody went on with it lately: all of its bytes have their place in the quota. */
  async isReserved({ meta: { id }, begunAt }: StoredArtifact): Promise<boolean> { return this.nowMs() - (await this.files.touchedMs(id) ?? Date.parse(begunAt)) < this.bounds.reservedMs; }

  /** Whether one that is here may stay for good: beside what is pinned already and what is on its way, for which nothing else could leave. */
  async roomToPin({ meta: { sha256, bytes, name } }: StoredArtifact): Promise<Result<void, Problem>> {
    const isPinned = (await this.store.artifacts.ofFile(sha256)).some(({ pinned }) => pinned);
    const [{ pinnedBytes }, coming] = [await this.store.artifacts.used(), await this.#reserved() + this.places.bytes()];
    if (isPinned || pinnedBytes + coming + bytes <= this.bounds.maxBytes) return ok(undefined);
    return refuse('artifact.quota', `${name} cannot be pinned now: with ${sizeText(pinnedBytes)} that are pinned and ${sizeText(coming)} on their way its ${sizeText(bytes)} are more than the ${sizeText(this.bounds.maxBytes)} that artifacts may take.`);
  }

  /** A file that somebody brought goes, and its place in the quota. */
  async discardBrought(id: string): Promise<void> {
    await this.files.discard(id);
    this.places.letGo(id);
  }

  /** Takes a place for the contents of what came as `id`, instead of its own: so many bytes, without anything that was collected here leaving for
   *  them. `discardBrought` gives the place back. */
  placeBeside(id: string, bytes: number): Promise<Result<void, Problem>> {
    return this.places.inTurn(async () => {
      const room = await this.#roomBeside(id, bytes);
      if (room.ok) this.places.hold(id, Math.max(bytes, this.places.of(id)));
      return room;
    });
  }

  async #roomBeside(id: string, bytes: number): Promise<Result<void, Problem>> {
    const { storedBytes } = await this.store.artifacts.used();
    const room = await this.roomFor(bytes, id);
    if (!room.ok || storedBytes + this.places.bytes(id) + bytes <= this.bounds.maxBytes) return room;
    return refuse('artifact.quota', `It has ${sizeText(bytes)}; beside the ${sizeText(storedBytes)} that are here that is more than the ${sizeText(this.bounds.maxBytes)} that artifacts may take, and nothing that was collected here leaves for it. Delete what is no longer needed, or raise WEIR_ARTIFACTS_MAX_BYTES.`);
  }

  /** The whole upload becomes an artifact when its hash is right; else it is thrown away. */
  async finish(artifact: StoredArtifact): Promise<Result<StoredArtifact>> {
    const { id, sha256 } = artifact.meta;
    const actual = await hashFile(this.files.upload(id));
    if (actual !== sha256) {
      await this.files.discard(id);
      await this.store.artifacts.remove(id);
      return failure('artifact.hash', `What arrived has the SHA-256 ${actual ?? '(nothing)'}, and ${sha256} was announced: it was damaged on its way, or changed after it was announced.`);
    }
    await this.files.adopt(id, sha256);
    return ok(await this.shelve(artifact));
  }

  /** Its file is there. Older ones leave when there is no room beside it. */
  async shelve(artifact: StoredArtifact): Promise<StoredArtifact> {
    const now = this.now();
    // While it travelled it may have been pinned, or an incident may have taken it in.
    const stored: StoredArtifact = { ...await this.store.artifacts.get(artifact.meta.id) ?? artifact, state: 'stored', storedAt: now, verifiedAt: now };
    await this.store.artifacts.put(stored);
    for (const listener of this.#stored) await listener(stored);
    await this.makeRoom(new Set([artifact.meta.id]));
    return stored;
  }

  /** The oldest that are not pinned leave until the quota holds; never those of `keep`. */
  async makeRoom(keep: ReadonlySet<string>): Promise<void> {
    let { storedBytes } = await this.store.artifacts.used();
    while (storedBytes > this.bounds.maxBytes) {
      const oldest = (await this.store.artifacts.leaving(keep.size + 1)).find(({ meta }) => !keep.has(meta.id));
      if (oldest === undefined) return;
      await this.takeAway(oldest, 'artifact.expire', weirItself.user, 'It was the oldest that is not pinned, and the quota was used up.');
      storedBytes = (await this.store.artifacts.used()).storedBytes;
    }
  }

  /** The entry goes, and its file when it is nobody else's; audited. */
  async takeAway({ meta: { id, name, sha256, bytes, kind } }: StoredArtifact, action: 'artifact.delete' | 'artifact.expire', user: string, why: string): Promise<void> {
    await this.store.transaction(async (parts) => {
      await parts.artifacts.remove(id);
      await record(parts, { user }, this.now(), { action, subject: `artifact:${id}`, before: { name, kind, bytes, sha256 }, after: null, more: { why } });
    });
    await this.files.discard(id);
    await this.dropUnlessUsed(sha256);
  }

  /** The file of a hash goes when no artifact is it. */
  async dropUnlessUsed(sha256: string): Promise<void> {
    if ((await this.store.artifacts.ofFile(sha256)).every(({ state }) => state === 'uploading')) await this.files.remove(sha256);
  }

  /** Once a minute or so: what is too old, and uploads that nobody goes on with. */
  async sweep(): Promise<void> {
    const now = this.nowMs();
    const until = new Date(now - this.bounds.keptDays * dayMs).toISOString();
    for (const artifact of await this.store.artifacts.leaving(200))
      if ((artifact.storedAt ?? artifact.begunAt) < until) await this.takeAway(artifact, 'artifact.expire', weirItself.user, `It was kept for ${this.bounds.keptDays} days.`);
    for (const artifact of await this.store.artifacts.uploading()) {
      const touched = await this.files.touchedMs(artifact.meta.id) ?? Date.parse(artifact.begunAt);
      if (now - touched > this.bounds.staleUploadMs) await this.takeAway(artifact, 'artifact.expire', weirItself.user, 'Its upload stopped half way, and nobody went on with it.');
    }
  }

  /** As the API shows it. */
  async shown({ meta, agent, by, state, storedAt, verifiedAt, pinned, downloads }: StoredArtifact): Promise<Artifact> {
    const expires = pinned || storedAt === null ? null : new Date(Date.parse(storedAt) + this.bounds.keptDays * dayMs).toISOString();
    return { ...meta, agent, by, state, receivedBytes: state === 'uploading' ? await this.files.received(meta.id) : state === 'lost' ? 0 : meta.bytes, storedAt, verifiedAt, pinned, expiresAt: expires, downloads };
  }
}
