// Which files are followed, from scan to scan: what is new, what was renamed, copied and emptied, or went away; and in which order an old file and those
// that took its name are read. Handles, fingerprints and sizes only, never data: it goes on while the reader has to wait.
import { basename, dirname } from 'node:path';
import { Follower } from './follower.ts';
import { fingerprintOf, headOf, isSame, noFingerprint } from './fingerprint.ts';
import type { Place } from './find-files.ts';
import { Losses } from './losses.ts';
import { openFile, type FileKey } from './open-file.ts';
import { comesAfter } from './order.ts';
import type { FilePosition } from './position.ts';
import { beginsLike, copiedTo, isRotationOf, renamedTo, rotatedSince, type Found } from './siblings.ts';
import type { Source } from './source.ts';

export interface FollowPorts {
  /** Of a file by its path and where links lead. */
  readonly source: (path: string, real: string) => Source;
  readonly nowUnixMs: () => number;
  readonly from: 'end' | 'beginning';
}
const mostSearched = 500;
/** New files that are opened in the scan that finds them. */
const mostAtOnce = 100;
/** A file that may be a copy in the making is left alone this long after it last grew. */
const copyMs = 2000;
/** A file that is emptied while it is looked at is looked at again. */
const mostLooks = 4;

export class FollowedFiles {
  readonly #ports: FollowPorts;
  readonly followers = new Map<FileKey, Follower>();
  readonly losses = new Losses();
  /** Known, and not followed now. */
  readonly #retired = new Map<FileKey, FilePosition>();
  /** Read before whom, as an earlier agent knew it. */
  #waiting: readonly FilePosition[] = [];
  /** The probe's first time: what is there already is old. */
  #isFirstEver = true;
  #isFirstScan = true;

  constructor(ports: FollowPorts) { this.#ports = ports; }

  /** What was seen last stands for its path. */
  restore(positions: readonly FilePosition[]): void {
    this.#isFirstEver = false;
    for (const position of positions.toSorted((a, b) => a.seenUnixMs - b.seenUnixMs)) this.#retired.set(position.key, position);
    this.#waiting = positions.filter(({ after }) => after !== null);
  }

  get positions(): FilePosition[] { return [...this.#retired.values(), ...[...this.followers.values()].filter(({ copyOf }) => copyOf === null).map(({ position }) => position)]; }

  async scan(places: ReadonlyMap<FileKey, Place>): Promise<void> {
    const owners = new Map([...this.followers.values()].filter(({ copyOf }) => copyOf === null).map((file) => [file.path, file]));
    const missing = new Map<string, FilePosition>();
    for (const file of this.followers.values()) this.#meet(file, places.get(file.key));
    if (this.#isFirstScan) await this.#findRotated(places, owners, missing);
    const fresh = [...places.values()].filter(({ key }) => !this.followers.has(key));
    for (const place of fresh) if (this.#retired.has(place.key)) this.#resume(place, owners);
    const unknown = fresh.filter(({ key }) => !this.followers.has(key));
    for (const place of unknown) await this.#adopt(place);
    for (const { key } of unknown.slice(0, mostAtOnce)) await this.#lookSafely(key);
    if (this.#isFirstScan) this.#orderAsBefore();
    // What was followed before had its name before, too: nobody unknown came between.
    for (const place of unknown) await this.#follows(place, owners.get(place.path), missing, new Set(unknown.map(({ key }) => key)));
    this.#countMissing(places, missing);
    for (const place of places.values()) this.#order(place, owners.get(place.path));
    [this.#isFirstEver, this.#isFirstScan, this.#waiting] = [false, false, []];
  }

  /** One look, and what follows from it. False: it is followed no longer. Rejects when it may not be read. */
  async look(file: Follower, nowMs: number): Promise<boolean> {
    for (let looks = 0; looks < mostLooks; looks++) {
      const [wasEmpty, sinceNs] = [file.size === 0, sinceOf(file)];
      const { found } = await file.look(nowMs);
      if (found === 'size') {
        // An empty file is any file: it may have been full and emptied since.
        if (wasEmpty && file.size > 0) await this.#between(file, file.before, sinceNs, new Set());
        return true;
      }
      if (found === 'emptied') await this.#emptied(file);
      else if (!await this.#gone(file)) return false;
    }
    return true;
  }

  async #lookSafely(key: FileKey): Promise<void> {
    const file = this.followers.get(key);
    // Who may not read it hears so from the reader.
    if (file !== undefined) await this.look(file, performance.now()).catch(() => false);
  }

  /** The file is empty again, or another one by the same inode: what was not read of the old one is in its copy, if there is one. */
  async #emptied(file: Follower): Promise<void> {
    const [wanted, sinceNs] = [file.position, sinceOf(file)];
    const { waiting, others } = await this.#waitingCopies(file);
    const copy = waiting ?? await this.#copyOf(wanted, file.source);
    if (copy === null) this.losses.add(file.at, file.size);
    else {
      // The very position: a turn that is not over moves that of the copy from here on.
      [copy.isCaughtUp, copy.at, copy.source, copy.before] = [false, file.at, file.source, file.before];
      copy.hint();
      file.before = copy;
    }
    file.restart();
    await this.#between(file, copy ?? file.before, sinceNs, others);
  }

  /** What was taken for a copy of it: the one that is, and keys of those that are files of their own after all. */
  async #waitingCopies(file: Follower): Promise<{ readonly waiting: Follower | null; readonly others: ReadonlySet<FileKey> }> {
    let waiting: Follower | null = null;
    const others = new Set<FileKey>();
    for (const one of [...this.followers.values()].filter(({ copyOf }) => copyOf === file)) {
      if (one.handle === null) await one.look(performance.now()).catch(() => undefined);
      const isIt = waiting === null && one.handle !== null && file.at.fingerprint.bytes > 0 && one.size >= file.at.offset && isSame(await headOf(one.handle), file.at.fingerprint);
      if (isIt) waiting = one; else others.add(one.key);
      one.copyOf = null;
    }
    return { waiting, others };
  }

  /** Nothing is behind its path: it may have another name now. False: it has none that can be found. */
  async #gone(file: Follower): Promise<boolean> {
    const found = await renamedTo(file.position);
    if (found === null) {
      this.losses.add(file.at, file.size);
      await this.retire(file, false);
      return false;
    }
    // Its own name stays: who takes that comes after it.
    [file.real, file.handle, file.isRotated] = [found.path, found.handle, true];
    return true;
  }

  /** Nobody waits for the rest of it any longer. */
  async giveUp(file: Follower): Promise<void> {
    this.losses.add(file.at, file.size);
    await this.retire(file, file.isDeleted);
  }

  /** Follows it no longer: it was read, or what is missing is counted. `isDeleted`: its inode may be another file's soon. */
  async retire(file: Follower, isDeleted: boolean): Promise<void> {
    file.isCaughtUp = true;
    this.followers.delete(file.key);
    for (const other of this.followers.values()) if (other.copyOf === file) other.copyOf = null;
    if (!isDeleted) this.#retired.set(file.key, { ...file.position, after: null, isDone: true });
    await file.close();
  }

  /** Whether a file that looked like a copy in the making is one still. */
  async isCopy(file: Follower, nowMs: number): Promise<boolean> {
    const original = file.copyOf;
    if (original === null || file.handle === null) return false;
    const head = await headOf(file.handle);
    const isShort = head.length < original.at.fingerprint.bytes;
    if (isShort ? nowMs - file.changedMs < copyMs && await mayBecomeCopy(head, original) : isSame(head, original.at.fingerprint)) return true;
    file.copyOf = null;
    return false;
  }

  #meet(file: Follower, place: Place | undefined): void {
    file.isRotated = place === undefined;
    if (place === undefined) return;
    file.seenUnixMs = this.#ports.nowUnixMs();
    [file.path, file.real] = [place.path, place.real];
  }

  /** Rotated while the agent was away, to a name that nobody asked for. `missing`: by path, those that nobody can find any more. */
  async #findRotated(places: ReadonlyMap<FileKey, Place>, owners: Map<string, Follower>, missing: Map<string, FilePosition>): Promise<void> {
    for (const position of [...this.#retired.values()].filter(({ key }) => !places.has(key)).slice(-mostSearched)) {
      const found = await renamedTo(position);
      if (found === null) { if (!position.isDone) missing.set(position.path, position); continue; }
      if (position.isDone) { await found.handle.close(); continue; }
      const file = this.#follow(position, found, this.#ports.source(position.path, position.path));
      owners.set(position.path, file);
    }
  }

  /** Where it stopped. Its path may be another one now; what took its old one comes after it. */
  #resume(place: Place, owners: Map<string, Follower>): void {
    const position = this.#retired.get(place.key)!;
    this.#retired.delete(place.key);
    const file = new Follower({ ...position, path: place.path, seenUnixMs: this.#ports.nowUnixMs() }, place.real, this.#ports.source(position.path, place.real));
    file.writtenNs = knownNs(position);
    if (position.fingerprint.bytes === 0) file.size = 0;
    this.followers.set(file.key, file);
    if (position.path !== place.path) owners.set(position.path, file);
  }

  async #adopt(place: Place): Promise<void> {
    const isOld = this.#isFirstEver && this.#ports.from === 'end';
    const file = new Follower({ ...this.#fresh(place), ...(isOld ? await endOf(place) : {}) }, place.real, this.#ports.source(place.path, place.real));
    if (!this.#isFirstEver) file.copyOf = await this.#originalOf(place);
    this.followers.set(file.key, file);
  }

  #fresh({ path, key }: Pick<Place, 'path' | 'key'>): FilePosition {
    return { path, key, offset: 0, skip: null, format: null, fingerprint: noFingerprint, seenUnixMs: this.#ports.nowUnixMs(), writtenNs: null, after: null, isDone: false };
  }

  /** A file beside it, with a name that its own begins like, that begins with the same bytes or would if this one were longer. What took a name again is no copy of what had it. */
  async #originalOf(place: Place): Promise<Follower | null> {
    const near = [...this.followers.values()].filter(({ path, at: { fingerprint }, copyOf }) => copyOf === null && fingerprint.bytes > 0 && dirname(path) === dirname(place.path) && beginsLike(place.name, basename(path)) && !isRotationOf(basename(path), place.name));
    const file = near.length === 0 ? null : await openFile(place.real).catch(() => null);
    if (file === null) return null;
    const head = await headOf(file.handle).catch(() => null);
    await file.handle.close();
    if (head === null) return null;
    const same = near.find(({ at }) => isSame(head, at.fingerprint));
    if (same !== undefined) return same;
    for (const one of near) if (await mayBecomeCopy(head, one)) return one;
    return null;
  }

  /** A file took the name of a known one: whoever had it between them is read between them. */
  async #follows(place: Place, owner: Follower | undefined, missing: Map<string, FilePosition>, unknown: ReadonlySet<FileKey>): Promise<void> {
    const [file, gone] = [this.followers.get(place.key), missing.get(place.path)];
    if (file === undefined || file.copyOf !== null || owner === file || (owner === undefined && gone === undefined)) return;
    if (owner !== undefined) await this.#lookSafely(owner.key);
    const compressed = await this.#between(file, owner ?? null, owner === undefined ? knownNs(gone!) : sinceOf(owner), unknown);
    // The one that is missing is among them.
    if (gone !== undefined && compressed > 0) { missing.delete(place.path); this.#retired.delete(gone.key); }
  }

  /** Another file has its name, and it is nowhere: nobody knows how much it had that was new. Whose path is empty may come back with a mount. */
  #countMissing(places: ReadonlyMap<FileKey, Place>, missing: ReadonlyMap<string, FilePosition>): void {
    for (const { path } of places.values()) {
      const gone = missing.get(path);
      if (gone !== undefined && this.#retired.delete(gone.key)) this.losses.files++;
    }
  }

  /** What had the name of `file` since and has it no more, between `older` and the file. `unknown`: followed since this very scan. */
  async #between(file: Follower, older: Follower | null, sinceNs: bigint, unknown: ReadonlySet<FileKey>): Promise<number> {
    const isKnown = (key: FileKey): boolean => key === file.key || this.#retired.has(key) || (this.followers.has(key) && !unknown.has(key)) || (this.followers.get(key)?.copyOf ?? null) !== null;
    const { found, compressed } = await rotatedSince(file.path, sinceNs, isKnown);
    this.losses.files += compressed;
    let last = older;
    for (const one of found) {
      const followed = this.followers.get(one.key);
      if (followed !== undefined) await one.handle.close();
      const next = followed ?? this.#follow(this.#fresh(one), one, file.source);
      if (last !== null) comesAfter(next, last);
      last = next;
    }
    if (last !== null && found.length > 0) { file.before = null; comesAfter(file, last); }
    return compressed;
  }

  #order({ key }: Place, owner: Follower | undefined): void {
    const file = this.followers.get(key);
    if (file !== undefined && owner !== undefined && file.before === null) comesAfter(file, owner);
  }

  #orderAsBefore(): void {
    for (const { key, after } of this.#waiting) {
      const [file, older] = [this.followers.get(key), this.followers.get(after ?? '')];
      if (file !== undefined && older !== undefined) comesAfter(file, older);
    }
  }

  async #copyOf(wanted: FilePosition, source: Source): Promise<Follower | null> {
    const found = await copiedTo(wanted, (key) => this.followers.has(key));
    return found === null ? null : this.#follow({ ...wanted, key: found.key, path: found.path }, found, source);
  }

  #follow(position: FilePosition, found: Found, source: Source): Follower {
    const file = new Follower(position, found.path, source);
    [file.handle, file.isRotated, file.writtenNs] = [found.handle, true, nanoseconds(found.mtimeMs)];
    this.#retired.delete(file.key);
    this.followers.set(file.key, file);
    return file;
  }
}

const nanoseconds = (unixMs: number): bigint => BigInt(Math.floor(unixMs * 1000)) * 1000n;
const knownNs = ({ writtenNs, seenUnixMs }: FilePosition): bigint => (writtenNs === null ? nanoseconds(seenUnixMs) : BigInt(writtenNs));
const sinceOf = ({ writtenNs, seenUnixMs }: Follower): bigint => writtenNs ?? nanoseconds(seenUnixMs);

/** Too short to tell by the fingerprint: what there is of it has to be the beginning of the original. */
async function mayBecomeCopy(head: Buffer, { at, handle }: Follower): Promise<boolean> {
  if (head.length >= at.fingerprint.bytes) return false;
  return handle === null || (await headOf(handle)).subarray(0, head.length).equals(head);
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
