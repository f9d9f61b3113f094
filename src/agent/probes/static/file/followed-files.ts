// Which files are followed, from scan to scan: what is new, what was renamed, copied and emptied, or went away; and in which order an old file and the
// one that took its name are read.
import { basename, dirname } from 'node:path';
import { Follower } from './follower.ts';
import { fingerprintOf, headOf, isSame, noFingerprint } from './fingerprint.ts';
import type { Place } from './find-files.ts';
import { openFile, type FileKey } from './open-file.ts';
import type { FilePosition } from './position.ts';
import { beginsLike, copiedTo, renamedTo, type Found } from './siblings.ts';
import type { Source } from './source.ts';

export interface FollowPorts {
  /** Of a file by its path and where links lead. */
  readonly source: (path: string, real: string) => Source;
  readonly nowUnixMs: () => number;
  readonly from: 'end' | 'beginning';
}
const mostSearched = 500;
/** A file that may be a copy in the making is left alone this long after it last grew. */
const copyMs = 2000;

export class FollowedFiles {
  readonly #ports: FollowPorts;
  readonly followers = new Map<FileKey, Follower>();
  /** Known, and not followed now. */
  readonly #retired = new Map<FileKey, FilePosition>();
  /** The probe's first time: what is there already is old. */
  #isFirstEver = true;
  #isFirstScan = true;
  /** Bytes that were seen and went away unread. */
  lostBytes = 0;

  constructor(ports: FollowPorts) { this.#ports = ports; }

  restore(positions: readonly FilePosition[]): void {
    this.#isFirstEver = false;
    for (const position of positions) this.#retired.set(position.key, position);
  }

  get positions(): FilePosition[] { return [...this.#retired.values(), ...[...this.followers.values()].filter(({ copyOf }) => copyOf === null).map(({ position }) => position)]; }

  async scan(places: ReadonlyMap<FileKey, Place>): Promise<void> {
    const owners = new Map([...this.followers.values()].filter(({ copyOf }) => copyOf === null).map((file) => [file.path, file]));
    for (const file of this.followers.values()) this.#meet(file, places.get(file.key));
    if (this.#isFirstScan) await this.#findRotated(places, owners);
    const fresh = [...places.values()].filter(({ key }) => !this.followers.has(key));
    for (const place of fresh) if (this.#retired.has(place.key)) this.#resume(place, owners);
    for (const place of fresh) if (!this.followers.has(place.key)) await this.#adopt(place);
    for (const place of places.values()) this.#order(place, owners.get(place.path));
    [this.#isFirstEver, this.#isFirstScan] = [false, false];
  }

  /** The file is empty again, or another one by the same inode: what was not read of the old one is in its copy, if there is one. */
  async emptied(file: Follower): Promise<void> {
    const wanted = file.position;
    const waiting = [...this.followers.values()].find(({ copyOf }) => copyOf === file) ?? null;
    const copy = waiting ?? await this.#copyOf(wanted, file.source);
    if (copy === null) this.lostBytes += Math.max(0, file.size - file.offset);
    else {
      [copy.copyOf, copy.isCaughtUp] = [null, false];
      [copy.offset, copy.skip, copy.format, copy.fingerprint, copy.source] = [wanted.offset, wanted.skip, wanted.format, wanted.fingerprint, file.source];
      copy.hint();
      copy.before = file.before;
      file.before = copy;
    }
    file.restart();
  }

  /** Nothing is behind its path: it may have another name now. False: it has none that can be found. */
  async gone(file: Follower): Promise<boolean> {
    const found = await renamedTo(file.position);
    if (found === null) {
      this.lostBytes += Math.max(0, file.size - file.offset);
      await this.retire(file, false);
      return false;
    }
    [file.path, file.real, file.handle, file.isRotated] = [found.path, found.path, found.handle, true];
    return true;
  }

  /** Follows it no longer. `isDeleted`: its inode may be another file's soon. */
  async retire(file: Follower, isDeleted: boolean): Promise<void> {
    file.isCaughtUp = true;
    this.followers.delete(file.key);
    for (const other of this.followers.values()) if (other.copyOf === file) other.copyOf = null;
    if (!isDeleted) this.#retired.set(file.key, file.position);
    await file.close();
  }

  /** Whether a file that looked like a copy in the making is one still. */
  async isCopy(file: Follower, nowMs: number): Promise<boolean> {
    const original = file.copyOf;
    if (original === null || file.handle === null) return false;
    const head = await headOf(file.handle);
    const isShort = head.length < original.fingerprint.bytes;
    if (isShort ? nowMs - file.changedMs < copyMs : isSame(head, original.fingerprint)) return true;
    file.copyOf = null;
    return false;
  }

  #meet(file: Follower, place: Place | undefined): void {
    file.isRotated = place === undefined;
    if (place === undefined) return;
    file.seenUnixMs = this.#ports.nowUnixMs();
    [file.path, file.real] = [place.path, place.real];
  }

  /** Rotated while the agent was away, to a name that nobody asked for. */
  async #findRotated(places: ReadonlyMap<FileKey, Place>, owners: Map<string, Follower>): Promise<void> {
    for (const position of [...this.#retired.values()].filter(({ key }) => !places.has(key)).slice(0, mostSearched)) {
      const found = await renamedTo(position);
      if (found === null) continue;
      const file = this.#follow(position, found, this.#ports.source(position.path, position.path));
      owners.set(position.path, file);
    }
  }

  /** Where it stopped. Its path may be another one now; what took its old one comes after it. */
  #resume(place: Place, owners: Map<string, Follower>): void {
    const position = this.#retired.get(place.key)!;
    this.#retired.delete(place.key);
    const file = new Follower({ ...position, path: place.path, seenUnixMs: this.#ports.nowUnixMs() }, place.real, this.#ports.source(position.path, place.real));
    this.followers.set(file.key, file);
    if (position.path !== place.path) owners.set(position.path, file);
  }

  async #adopt(place: Place): Promise<void> {
    const position: FilePosition = { path: place.path, key: place.key, offset: 0, skip: null, format: null, fingerprint: noFingerprint, seenUnixMs: this.#ports.nowUnixMs() };
    const isOld = this.#isFirstEver && this.#ports.from === 'end';
    const file = new Follower(isOld ? { ...position, ...await endOf(place) } : position, place.real, this.#ports.source(place.path, place.real));
    if (!this.#isFirstEver) file.copyOf = await this.#originalOf(place);
    this.followers.set(file.key, file);
  }

  /** A file beside it, with a name that its own begins like, that begins with the same bytes or would if this one were longer. */
  async #originalOf(place: Place): Promise<Follower | null> {
    const near = [...this.followers.values()].filter(({ path, fingerprint, copyOf }) => copyOf === null && fingerprint.bytes > 0 && dirname(path) === dirname(place.path) && beginsLike(place.name, basename(path)));
    const file = near.length === 0 ? null : await openFile(place.real).catch(() => null);
    if (file === null) return null;
    const head = await headOf(file.handle).catch(() => null);
    await file.handle.close();
    return head === null ? null : near.find(({ fingerprint }) => isSame(head, fingerprint)) ?? near.find(({ fingerprint }) => head.length < fingerprint.bytes) ?? null;
  }

  #order({ key }: Place, owner: Follower | undefined): void {
    const file = this.followers.get(key);
    if (file === undefined || owner === undefined || owner === file || file.before === owner) return;
    [owner.isCaughtUp, file.before] = [false, owner];
    owner.hint();
  }

  async #copyOf(wanted: FilePosition, source: Source): Promise<Follower | null> {
    const found = await copiedTo(wanted);
    if (found === null) return null;
    if (!this.followers.has(found.key)) return this.#follow({ ...wanted, key: found.key, path: found.path }, found, source);
    await found.handle.close();
    return null;
  }

  #follow(position: FilePosition, found: Found, source: Source): Follower {
    const file = new Follower({ ...position, path: found.path }, found.path, source);
    [file.handle, file.isRotated] = [found.handle, true];
    this.#retired.delete(file.key);
    this.followers.set(file.key, file);
    return file;
  }
}

/** The end of what is there; of a line that is not finished the rest belongs to what is old. */
async function endOf({ real, size }: Place): Promise<Pick<FilePosition, 'offset' | 'skip' | 'fingerprint'>> {
  const file = await openFile(real).catch(() => null);
  if (file === null) return { offset: size, skip: null, fingerprint: noFingerprint };
  const { buffer } = await file.handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
  const head = await headOf(file.handle);
  await file.handle.close();
  return { offset: size, skip: size > 0 && buffer[0] !== 0x0a ? 'line' : null, fingerprint: fingerprintOf(head) };
}
