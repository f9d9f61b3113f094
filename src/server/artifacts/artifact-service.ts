// The artifact store at work: uploads from agents, files from people, and what may be done with what is there.
import { join } from 'node:path';
import { ok, type Result } from '../../base/index.ts';
import type { Artifact, ArtifactReveal, Artifacts } from '../../model/index.ts';
import { record, type Actor } from '../audit/index.ts';
import { may } from '../auth/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import type { FileAnswer } from '../http/route.ts';
import type { ArtifactFilter, Store, StoredArtifact } from '../store/index.ts';
import { ArtifactFiles, hashFile, headOf } from './artifact-files.ts';
import { defaultBounds, oneDownloadMs, sniffedBytes, type ArtifactBounds } from './bounds.ts';
import { readRange } from './range.ts';
import { Shelf } from './shelf.ts';
import { isBundle } from './sniff.ts';
import { UploadDesk } from './upload-desk.ts';

export interface ArtifactOptions { readonly dataDir: string; readonly store: Store; readonly nowMs: () => number; readonly bounds?: Partial<ArtifactBounds> | undefined; readonly onError: (error: unknown) => void }

const sweepMs = 60_000;
const maxRemembered = 1000;

export class ArtifactService {
  readonly shelf: Shelf;
  readonly desk: UploadDesk;
  readonly #onError: (error: unknown) => void;
  readonly #downloads = new Map<string, number>();
  #sweeping: Promise<void> = Promise.resolve();
  #sweptMs = 0;

  private constructor(shelf: Shelf, onError: (error: unknown) => void) {
    this.shelf = shelf;
    this.desk = new UploadDesk(shelf);
    this.#onError = onError;
  }

  static async open({ dataDir, store, nowMs, bounds, onError }: ArtifactOptions): Promise<ArtifactService> {
    const service = new ArtifactService(new Shelf({ store, files: await ArtifactFiles.open(join(dataDir, 'artifacts')), bounds: { ...defaultBounds, ...bounds }, nowMs }), onError);
    await service.desk.load();
    return service;
  }

  tick(): void {
    const now = this.shelf.nowMs();
    if (now - this.#sweptMs < sweepMs) return;
    this.#sweptMs = now;
    this.#sweeping = this.#sweeping.then(() => this.shelf.sweep()).catch(this.#onError);
  }

  async stop(): Promise<void> {
    await this.desk.end();
    await this.#sweeping;
  }

  async list(filter: ArtifactFilter, limit: number): Promise<Artifacts> {
    const { store, bounds } = this.shelf;
    const [{ artifacts, count }, used] = [await store.artifacts.list(filter, limit), await store.artifacts.used()];
    return { artifacts: await Promise.all(artifacts.map((artifact) => this.shelf.shown(artifact))), more: Math.max(0, count - artifacts.length), quota: { usedBytes: used.storedBytes, maxBytes: bounds.maxBytes, count: used.count, keptDays: bounds.keptDays } };
  }

  async find(id: string): Promise<Result<StoredArtifact, Problem>> {
    const artifact = await this.shelf.store.artifacts.get(id);
    return artifact === null ? refuse('artifact.unknown', `There is no artifact with the id "${id}".`) : ok(artifact);
  }

  async get(id: string): Promise<Result<Artifact, Problem>> {
    const found = await this.find(id);
    return found.ok ? ok(await this.shelf.shown(found.value)) : found;
  }

  /** The file or a range of it; audited as what it is for. */
  async content(id: string, headers: { readonly range?: string | undefined; readonly 'if-range'?: string | string[] | undefined }, actor: Actor, use: 'view' | 'save' = 'save'): Promise<Result<FileAnswer, Problem>> {
    const found = await this.find(id);
    if (!found.ok) return found;
    const { meta } = found.value;
    if (meta.sensitive && !may(actor, 'artifact.read-sensitive')) return refuse('auth.forbidden', `${meta.name} holds memory or packets, which ${actor.user} may not read.`);
    const there = await this.#there(found.value);
    if (!there.ok) return there;
    await this.#noteUse(meta.id, meta.name, actor, use);
    const etag = `"${meta.sha256}"`;
    return ok(contentOf(this.shelf, found.value, headers['if-range'] === undefined || headers['if-range'] === etag ? headers.range : undefined, etag));
  }

  async #there(artifact: StoredArtifact): Promise<Result<void, Problem>> {
    const { meta, state } = artifact;
    if (state === 'uploading') return refuse('artifact.not-there', `${meta.name} is still on its way.`);
    if (state !== 'lost' && await this.shelf.files.has(meta.sha256, meta.bytes)) return ok(undefined);
    if (state === 'stored') await this.shelf.store.artifacts.put({ ...artifact, state: (await hashFile(this.shelf.files.file(meta.sha256))) === null ? 'lost' : 'damaged' });
    return refuse('artifact.lost', `The file of ${meta.name} is gone or cut short.`);
  }

  async #noteUse(id: string, name: string, actor: Actor, use: 'view' | 'save'): Promise<void> {
    const [now, key] = [this.shelf.nowMs(), `${use} ${actor.user} ${id}`];
    if (now - (this.#downloads.get(key) ?? -Infinity) < oneDownloadMs) return;
    this.#downloads.delete(key);
    this.#downloads.set(key, now);
    if (this.#downloads.size > maxRemembered) this.#downloads.delete(this.#downloads.keys().next().value as string);
    await this.shelf.store.transaction(async (parts) => {
      if (use === 'save') await parts.artifacts.noteDownload(id);
      await record(parts, actor, this.shelf.now(), { action: use === 'save' ? 'artifact.download' : 'artifact.view', subject: `artifact:${id}`, before: null, after: { name } });
    });
  }

  /** Somebody's page shows the values of a dump that are masked else: who, which and what kind goes to the audit. */
  async reveal(id: string, actor: Actor): Promise<Result<ArtifactReveal, Problem>> {
    const found = await this.find(id);
    if (!found.ok) return found;
    const { meta: { name, kind }, state } = found.value;
    if (state !== 'stored') return refuse('artifact.not-there', `${name} is not here whole: it is ${state}.`);
    const at = this.shelf.now();
    await this.shelf.store.transaction((parts) => record(parts, actor, at, { action: 'artifact.reveal', subject: `artifact:${id}`, before: null, after: { name, kind } }));
    return ok({ at, by: actor.user });
  }

  /** Whether a received file is an incident's bundle. */
  async isBundle(id: string): Promise<boolean> { return isBundle(await headOf(this.shelf.files.upload(id), sniffedBytes)); }

  /** In turn with whoever asks for room: what is pinned never leaves for what comes. */
  pin(id: string, pinned: boolean, actor: Actor): Promise<Result<Artifact, Problem>> { return this.shelf.places.inTurn(() => this.#pin(id, pinned, actor)); }

  async #pin(id: string, pinned: boolean, actor: Actor): Promise<Result<Artifact, Problem>> {
    const found = await this.find(id);
    if (!found.ok) return found;
    // One on its way has its place already.
    const room = pinned && !found.value.pinned && found.value.state !== 'uploading' ? await this.shelf.roomToPin(found.value) : ok(undefined);
    if (!room.ok) return room;
    const changed = { ...found.value, pinned };
    await this.shelf.store.transaction(async (parts) => {
      await parts.artifacts.put(changed);
      await record(parts, actor, this.shelf.now(), { action: pinned ? 'artifact.pin' : 'artifact.unpin', subject: `artifact:${id}`, before: { pinned: found.value.pinned }, after: { pinned } });
    });
    return ok(await this.shelf.shown(changed));
  }

  async remove(id: string, actor: Actor): Promise<Result<null, Problem>> {
    const found = await this.find(id);
    if (!found.ok) return found;
    await this.shelf.takeAway(found.value, 'artifact.delete', actor.user, 'Somebody deleted it.');
    return ok(null);
  }

  /** Reads the whole file again and compares its hash. */
  async verify(id: string): Promise<Result<Artifact, Problem>> {
    const found = await this.find(id);
    if (!found.ok) return found;
    if (found.value.state === 'uploading') return refuse('artifact.not-there', `${found.value.meta.name} is still on its way.`);
    const hash = await hashFile(this.shelf.files.file(found.value.meta.sha256));
    const state = hash === null ? 'lost' : hash === found.value.meta.sha256 ? 'stored' : 'damaged';
    const verified: StoredArtifact = { ...found.value, state, verifiedAt: this.shelf.now() };
    await this.shelf.store.artifacts.put(verified);
    return ok(await this.shelf.shown(verified));
  }
}

function contentOf({ files }: Shelf, { meta }: StoredArtifact, header: string | undefined, etag: string): FileAnswer {
  const range = readRange(header, meta.bytes);
  const common = { contentType: 'application/octet-stream', name: meta.name };
  const headers = { 'accept-ranges': 'bytes', etag };
  if (range === 'unsatisfiable') return { ...common, status: 416, headers: { ...headers, 'content-range': `bytes */${meta.bytes}`, 'content-length': '0' }, pieces: files.read(meta.sha256, 0, 0) };
  const { start, end } = range ?? { start: 0, end: meta.bytes };
  return {
    ...common, status: range === null ? 200 : 206, pieces: files.read(meta.sha256, start, end),
    headers: { ...headers, 'content-length': String(end - start), ...(range !== null && { 'content-range': `bytes ${start}-${end - 1}/${meta.bytes}` }) },
  };
}
