// Takes artifacts in, piece by piece and over any number of connections. An artifact is there only when its size and hash are as
// announced; until then it is an upload that anybody with the same announcement may go on with.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { ok, type Result } from '../../base/index.ts';
import type { ArtifactMeta, UploadStatus } from '../../model/index.ts';
import { record } from '../audit/index.ts';
import { problem, refuse, type Problem } from '../http/problem.ts';
import type { StoredArtifact } from '../store/index.ts';
import { headOf, hashFile } from './artifact-files.ts';
import { sniffedBytes } from './bounds.ts';
import type { Shelf } from './shelf.ts';
import { sniff, type Sniffed } from './sniff.ts';
import { Turns } from './turns.ts';

type AgentName = { readonly id: string; readonly name: string };
export type UploadAnswer = Result<UploadStatus, Problem>;
/** Which incident an artifact belongs to, when it does not say so itself. */
export type IncidentOf = (meta: ArtifactMeta) => Promise<string | null>;

/** A file of unannounced length asks for room for so much at a time. */
const mostPortionBytes = 4 * 2 ** 20;

export class UploadDesk {
  readonly #shelf: Shelf;
  readonly #turns = new Turns();
  incidentOf: IncidentOf = ({ incident }) => Promise.resolve(incident);

  constructor(shelf: Shelf) { this.#shelf = shelf; }

  end(): Promise<void> { return this.#turns.end(); }

  /** Leftovers of a killed server: uploads and files that the index does not know. */
  async load(): Promise<void> {
    const { store, files } = this.#shelf;
    const known = new Set((await store.artifacts.uploading()).map(({ meta }) => meta.id));
    for (const id of await files.uploads()) if (!known.has(id)) await files.discard(id);
    const used = await store.artifacts.hashes();
    for (const sha256 of await files.hashes()) if (!used.has(sha256)) await files.remove(sha256);
  }

  /** Begins an upload, or goes on with it: the answer says at which offset. */
  begin(meta: ArtifactMeta, agent: AgentName): Promise<UploadAnswer> { return this.#turns.take(meta.id, null, () => this.#begin(meta, agent)); }

  async #begin(meta: ArtifactMeta, agent: AgentName): Promise<UploadAnswer> {
    const { store, files } = this.#shelf;
    const known = await store.artifacts.get(meta.id);
    if (known !== null && (known.meta.sha256 !== meta.sha256 || known.meta.bytes !== meta.bytes)) return ok(refused(meta.id, 'Another artifact has this id.'));
    if (known !== null && known.state !== 'uploading') return ok(stored(known.meta));
    if (known !== null) return this.#standing(known);
    const artifact: StoredArtifact = { meta: { ...meta, incident: await this.incidentOf(meta) }, agent, by: null, state: 'uploading', begunAt: this.#shelf.now(), storedAt: null, verifiedAt: null, pinned: false, downloads: 0 };
    if (await this.#isThere(meta)) return ok(stored((await this.#shelf.shelve(artifact)).meta));
    const room = await this.#shelf.places.inTurn(async () => {
      const free = await this.#roomFor(meta.bytes);
      if (!free.ok) return free;
      await files.discard(meta.id);
      await store.artifacts.put(artifact);
      return free;
    });
    if (!room.ok) return room.error.code === 'artifact.too-large' ? ok(refused(meta.id, room.error.message)) : room;
    return this.#standing(artifact);
  }

  /** One that was silent for too long has lost its place in the quota. It goes on only where its rest finds room again, and else stays as it is: its
   *  sender tries again later. */
  #placedAgain(upload: StoredArtifact, received: number): Promise<Result<void, Problem>> {
    const { id, bytes } = upload.meta;
    return this.#shelf.places.inTurn(async () => {
      if (await this.#shelf.isReserved(upload)) return ok(undefined);
      const room = await this.#shelf.roomForMore(bytes - received);
      if (room.ok) await this.#shelf.files.touch(id, this.#shelf.nowMs());
      return room;
    });
  }

  async #roomFor(bytes: number): Promise<Result<void, Problem>> {
    const { store, bounds } = this.#shelf;
    if ((await store.artifacts.uploading()).length >= bounds.maxUploads) return refuse('artifact.busy', `${bounds.maxUploads} uploads are under way already.`);
    return this.#shelf.roomFor(bytes);
  }

  /** The same bytes came before, from wherever. */
  async #isThere({ sha256, bytes }: ArtifactMeta): Promise<boolean> {
    const same = await this.#shelf.store.artifacts.ofFile(sha256);
    return same.some(({ state, meta }) => state === 'stored' && meta.bytes === bytes) && await this.#shelf.files.has(sha256, bytes);
  }

  /** Also where a server that was killed between the last byte and the hash goes on. */
  async #standing(artifact: StoredArtifact): Promise<UploadAnswer> {
    const { id, bytes } = artifact.meta;
    const received = await this.#shelf.files.received(id);
    if (received === bytes) {
      if (bytes === 0) await this.#shelf.files.append(id, Readable.from([]), 0, 1000);
      return this.#finish(artifact);
    }
    return ok({ id, offset: received, state: 'partial', problem: null });
  }

  async #finish(artifact: StoredArtifact): Promise<UploadAnswer> {
    const done = await this.#shelf.finish(artifact);
    return ok(done.ok ? stored(done.value.meta) : refused(artifact.meta.id, done.error.message));
  }

  /** How much of it is here; 404 when it has not begun. */
  offset(id: string): Promise<UploadAnswer> {
    return this.#turns.take(id, null, async () => {
      const known = await this.#shelf.store.artifacts.get(id);
      return known === null ? unknown(id) : known.state === 'uploading' ? this.#standing(known) : ok(stored(known.meta));
    });
  }

  /** Adds the body at `offset`. At another offset than the true one nothing is read, and the answer's `problem` says so. */
  append(id: string, offset: number, body: Readable): Promise<UploadAnswer> { return this.#turns.take(id, body, () => this.#append(id, offset, body)); }

  async #append(id: string, offset: number, body: Readable): Promise<UploadAnswer> {
    const { store, files, bounds } = this.#shelf;
    const known = await store.artifacts.get(id);
    if (known === null) return unknown(id);
    if (known.state !== 'uploading') return ok(stored(known.meta));
    const received = await files.received(id);
    if (received !== offset) return ok({ id, offset: received, state: 'partial', problem: `The bytes were sent for offset ${offset}, and ${received} are here.` });
    const room = await this.#placedAgain(known, received);
    if (!room.ok) return room;
    switch (await files.append(id, body, known.meta.bytes - received, bounds.idleMs, bounds.keepFreeBytes)) {
      case 'whole': return this.#standing(known);
      case 'cut': return refuse('artifact.cut', 'The connection ended in the middle of a piece; what came is kept.');
      case 'disk-full': return refuse('artifact.disk-full', 'The disk of the server is full, but for what is kept free for everything else; what came is kept.');
      case 'too-long':
        await files.discard(id);
        await store.artifacts.remove(id);
        return ok(refused(id, `More bytes came than the ${known.meta.bytes} that were announced.`));
    }
  }

  /** A file from elsewhere, whole in one body, as an upload that nobody else knows. Gives its id and size; then `keep` it, or `discardBrought` it:
   *  until then it has its place in the quota. `announcedBytes`: 0 where the sender does not say how many will come. */
  async receive(body: Readable, announcedBytes: number): Promise<Result<{ readonly id: string; readonly bytes: number }, Problem>> {
    const { files, bounds } = this.#shelf;
    const id = newArtifactId();
    const wait: { refused: Problem | null } = { refused: null };
    try {
      const room = await this.#place(id, announcedBytes);
      if (!room.ok) return room;
      // Without an announced length it asks for room again and again while it comes.
      const more = async (wanted: number): Promise<number> => {
        const portion = Math.max(wanted, Math.min(mostPortionBytes, Math.floor(bounds.maxBytes / 64)));
        const placed = await this.#place(id, portion);
        if (!placed.ok) wait.refused = placed.error;
        return placed.ok ? portion : 0;
      };
      const appended = await files.append(id, body, announcedBytes, bounds.idleMs, bounds.keepFreeBytes, announcedBytes > 0 ? null : more);
      if (appended === 'whole') return ok({ id, bytes: await this.#fitted(id) });
      await this.#shelf.discardBrought(id);
      return { ok: false, error: appended === 'too-long' && wait.refused !== null ? wait.refused : notReceived(appended) };
    } catch (error) {
      await this.#shelf.discardBrought(id);
      throw error;
    }
  }

  /** So many bytes more have their place in the quota. */
  #place(id: string, bytes: number): Promise<Result<void, Problem>> {
    const { places } = this.#shelf;
    return places.inTurn(async () => {
      const room = places.of(id) === 0 ? await this.#shelf.roomFor(bytes) : await this.#shelf.roomForMore(bytes);
      if (room.ok) places.hold(id, places.of(id) + bytes);
      return room;
    });
  }

  /** It is whole: its place is as large as it is. */
  async #fitted(id: string): Promise<number> {
    const bytes = await this.#shelf.files.received(id);
    this.#shelf.places.hold(id, bytes);
    return bytes;
  }

  /** What was received becomes an artifact; `facts` say what is known of it beyond its bytes. */
  async keep(id: string, name: string, user: string, facts: Partial<ArtifactMeta> = {}): Promise<StoredArtifact> {
    try { return await this.#keep(id, name, user, facts); } finally { await this.#shelf.discardBrought(id); }
  }

  async #keep(id: string, name: string, user: string, facts: Partial<ArtifactMeta>): Promise<StoredArtifact> {
    const { files, store } = this.#shelf;
    const [sha256, head, bytes] = [await hashFile(files.upload(id)) ?? '', await headOf(files.upload(id), sniffedBytes), await files.received(id)];
    const known: Sniffed = sniff(head, name);
    const meta: ArtifactMeta = {
      ...known, sha256, bytes, name, createdUnixMs: this.#shelf.nowMs(), sensitive: holdsMemory(known), summary: `${name}, brought by ${user}`, service: null, process: null,
      action: null, incident: null, rule: null, fromUnixMs: null, toUnixMs: null, figures: {}, ...facts, id,
    };
    await store.transaction((parts) => record(parts, { user }, this.#shelf.now(), { action: 'artifact.bring', subject: `artifact:${id}`, before: null, after: { name, kind: meta.kind, format: meta.format, bytes, sha256 } }));
    await files.adopt(id, sha256);
    return this.#shelf.shelve({ meta, agent: null, by: user, state: 'stored', begunAt: this.#shelf.now(), storedAt: null, verifiedAt: null, pinned: false, downloads: 0 });
  }
}

export const newArtifactId = (): string => randomBytes(16).toString('hex');

const stored = ({ id, bytes }: ArtifactMeta): UploadStatus => ({ id, offset: bytes, state: 'stored', problem: null });
const refused = (id: string, why: string): UploadStatus => ({ id, offset: 0, state: 'refused', problem: why });
const unknown = (id: string) => refuse('artifact.unknown', `No upload has the id "${id}".`);
const holdsMemory = ({ kind }: Sniffed): boolean => kind === 'heap-snapshot' || kind === 'core-dump' || kind === 'packet-capture';

function notReceived(appended: 'cut' | 'too-long' | 'disk-full'): Problem {
  switch (appended) {
    case 'cut': return problem('artifact.cut', 'The connection ended before the whole file had arrived; nothing of it was kept.');
    case 'too-long': return problem('artifact.too-large', 'The file is larger than what may still be stored; nothing of it was kept.');
    case 'disk-full': return problem('artifact.disk-full', 'The disk of the server is full; nothing of the file was kept.');
  }
}
