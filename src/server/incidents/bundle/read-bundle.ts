// Looks into a bundle before anything of it is kept: the manifest names every file with size and hash, there are no others, and no name
// leads anywhere. Throws BundleError with what is wrong.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { bundleManifest, incidentDetail, incidentRates, type BundleManifest, type IncidentDetail, type IncidentRates } from '../../../model/index.ts';
import { maxDetailBytes, maxManifestBytes } from '../bounds.ts';
import { BundleError, readDirectory, readEntry, type ZipEntry } from '../zip/zip-reader.ts';

export interface Bundle {
  readonly manifest: BundleManifest; readonly detail: IncidentDetail; readonly rates: IncidentRates | null;
  /** By SHA-256; sizes are those of the manifest and the directory alike. */
  readonly artifacts: ReadonlyMap<string, ZipEntry>;
}
type BundleFile = BundleManifest['files'][number];

export async function readBundle(path: string): Promise<Bundle> {
  const entries = await readDirectory(path);
  if (!entries.ok) throw new BundleError(entries.error.message);
  const byName = new Map(entries.value.map((entry) => [entry.name, entry]));
  const manifest = parse(bundleManifest, await readWhole(path, byName.get('manifest.json'), 'manifest.json', maxManifestBytes), 'manifest.json');
  checkNames(manifest.files, byName);
  const text = async (name: string): Promise<string | null> => {
    const file = manifest.files.find((one) => one.path === name);
    return file === undefined ? null : checkedText(file, await readWhole(path, byName.get(name), name, maxDetailBytes));
  };
  const rates = await text('rates.json');
  const artifacts = new Map(manifest.files.filter((file) => file.path.startsWith('artifacts/')).map((file) => [file.sha256, byName.get(file.path) as ZipEntry]));
  return { manifest, detail: parse(incidentDetail, await text('incident.json') ?? '', 'incident.json'), rates: rates === null ? null : parse(incidentRates, rates, 'rates.json'), artifacts };
}

/** The bytes of one file with their hash checked at the end: throws on the last piece when it is another. */
export async function* checkedPieces(path: string, entry: ZipEntry, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of readEntry(path, entry, entry.bytes)) { hash.update(piece); bytes += piece.length; yield piece; }
  if (bytes !== entry.bytes || hash.digest('hex') !== sha256) throw new BundleError(`"${entry.name}" in it is not what the manifest says: it was changed or damaged.`);
}

function checkNames(files: readonly BundleFile[], byName: ReadonlyMap<string, ZipEntry>): void {
  const named = new Set(files.map(({ path }) => path));
  for (const name of byName.keys()) if (name !== 'manifest.json' && !named.has(name)) throw new BundleError(`It holds "${name}", which its manifest does not name.`);
  for (const { path, bytes, sha256 } of files) {
    if (!isProper(path, sha256)) throw new BundleError(`Its manifest names "${path}", which is no file of a bundle.`);
    const entry = byName.get(path);
    if (entry === undefined) throw new BundleError(`"${path}" is missing in it.`);
    if (entry.bytes !== bytes) throw new BundleError(`"${path}" in it has ${entry.bytes} bytes instead of the ${bytes} of its manifest.`);
  }
}

function isProper(path: string, sha256: string): boolean {
  if (path === 'incident.json' || path === 'rates.json') return true;
  const [, folder, name = ''] = /^artifacts\/([0-9a-f]{64})\/([^/\\\0]{1,250})$/.exec(path) ?? [];
  return folder === sha256 && !/^\.*$/.test(name);
}

async function readWhole(path: string, entry: ZipEntry | undefined, name: string, most: number): Promise<string> {
  if (entry === undefined) throw new BundleError(`It has no ${name}.`);
  if (entry.bytes > most) throw new BundleError(`${name} in it is larger than it may be.`);
  const pieces: Uint8Array[] = [];
  for await (const piece of readEntry(path, entry, entry.bytes)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

function checkedText({ path, sha256 }: BundleFile, text: string): string {
  if (createHash('sha256').update(text).digest('hex') !== sha256) throw new BundleError(`"${path}" in it is not what the manifest says: it was changed or damaged.`);
  return text;
}

function parse<T>(schema: z.ZodType<T>, text: string, name: string): T {
  let json: unknown;
  try { json = JSON.parse(text); } catch { throw new BundleError(`${name} in it is no JSON.`); }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new BundleError(`${name} in it is not in a form that this Weir knows (${parsed.error.issues[0]?.path.join('.') ?? ''}): it is of another version, or no bundle of Weir.`);
}
