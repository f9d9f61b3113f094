// An incident as one file for a colleague: a zip, made while it is sent. The manifest comes first and has the hash of everything else.
import { createHash } from 'node:crypto';
import { ok, type Result } from '../../../base/index.ts';
import type { Artifact, ArtifactFormat, BundleManifest, IncidentDetail, IncidentRates } from '../../../model/index.ts';
import type { ArtifactService } from '../../artifacts/index.ts';
import { record, type Actor } from '../../audit/index.ts';
import { may } from '../../auth/index.ts';
import type { Problem } from '../../http/problem.ts';
import type { FileAnswer } from '../../http/route.ts';
import type { IncidentService } from '../incident-service.ts';
import { writeZip, type ZipSource } from '../zip/zip-writer.ts';

/** Compressed already. */
const compressed: readonly ArtifactFormat[] = ['pprof', 'zip'];

interface Packed { readonly sources: readonly ZipSource[]; readonly files: BundleManifest['files']; readonly left: BundleManifest['left'] }

/** `from` names this Weir to whoever gets the bundle. */
export async function exportBundle(service: IncidentService, id: string, from: string, actor: Actor): Promise<Result<FileAnswer, Problem>> {
  const [detail, rates] = [await service.detail(id), await service.ratesOf(id)];
  if (!detail.ok) return detail;
  if (!rates.ok) return rates;
  const { store, artifacts } = service.options;
  const { incident } = detail.value;
  const packed = await pack(detail.value, rates.value, artifacts, actor);
  const manifest: BundleManifest = { weirBundle: 1, madeAt: service.now(), by: actor.user, from, incident: { id: incident.id, title: incident.title }, files: packed.files, left: packed.left };
  await store.transaction((parts) => record(parts, actor, service.now(), { action: 'incident.export', subject: `incident:${id}`, before: null, after: { files: packed.files.length, left: packed.left.length, artifacts: detail.value.artifacts.map(({ id: artifact }) => artifact) } }));
  const pieces = writeZip([fromText('manifest.json', JSON.stringify(manifest)).source, ...packed.sources]);
  return ok({ contentType: 'application/zip', name: `weir-incident-${incident.number}.zip`, pieces });
}

async function pack(detail: IncidentDetail, rates: IncidentRates, artifacts: ArtifactService, actor: Actor): Promise<Packed> {
  const texts = [fromText('incident.json', JSON.stringify(detail)), fromText('rates.json', JSON.stringify(rates))];
  const left: BundleManifest['left'] = [];
  const byHash = new Map<string, { readonly source: ZipSource; readonly file: BundleManifest['files'][number] }>();
  for (const artifact of detail.artifacts) {
    const why = await whyLeft(artifact, artifacts, actor);
    if (why !== null) left.push({ artifact: artifact.id, name: artifact.name, why });
    else if (!byHash.has(artifact.sha256)) byHash.set(artifact.sha256, fromArtifact(artifact, artifacts));
  }
  const all = [...texts, ...byHash.values()];
  return { sources: all.map(({ source }) => source), files: all.map(({ file }) => file), left };
}

async function whyLeft({ state, sensitive, sha256, bytes }: Artifact, artifacts: ArtifactService, actor: Actor): Promise<string | null> {
  if (state === 'uploading') return 'It was still on its way.';
  if (state === 'damaged' || !await artifacts.shelf.files.has(sha256, bytes)) return 'Its file is damaged or gone.';
  return sensitive && !may(actor, 'artifact.read-sensitive') ? `It holds memory or packets, which ${actor.user} may not read.` : null;
}

function fromText(path: string, text: string): { readonly source: ZipSource; readonly file: BundleManifest['files'][number] } {
  const bytes = Buffer.from(text);
  return {
    source: { name: path, bytes: bytes.length, deflate: true, pieces: async function* () { yield bytes; } },
    file: { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
  };
}

function fromArtifact({ name, sha256, bytes, format }: Artifact, artifacts: ArtifactService): { readonly source: ZipSource; readonly file: BundleManifest['files'][number] } {
  const path = `artifacts/${sha256}/${safeName(name)}`;
  return { source: { name: path, bytes, deflate: !compressed.includes(format), pieces: () => artifacts.shelf.files.read(sha256, 0, bytes) }, file: { path, bytes, sha256 } };
}

/** One step of a path on every system. */
function safeName(name: string): string {
  const safe = name.toWellFormed().replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '_');
  return /^\.*$/.test(safe) ? 'artifact' : safe;
}
