// Brings an incident from another Weir. First everything is read and checked, then all of it is written at once: what is refused leaves
// nothing behind, and what is here already is never touched, for everything imported has new ids.
import { Readable } from 'node:stream';
import { ok, type Result } from '../../../base/index.ts';
import type { ActionReport, ArtifactMeta, Incident, IncidentDetail, IncidentEntry, IncidentRates } from '../../../model/index.ts';
import { isOver } from '../../actions/index.ts';
import { newArtifactId, type ArtifactService } from '../../artifacts/index.ts';
import { record, type Actor } from '../../audit/index.ts';
import { problem, refuse, type Problem } from '../../http/problem.ts';
import type { StoreParts, StoredArtifact, StoredIncident, StoredRun } from '../../store/index.ts';
import { maxEntries, maxListed, maxNames } from '../bounds.ts';
import type { IncidentService } from '../incident-service.ts';
import { entry } from '../words.ts';
import { BundleError } from '../zip/zip-reader.ts';
import { checkedPieces, readBundle, type Bundle } from './read-bundle.ts';

/** What an import makes of a bundle, before it is written. */
interface Plan { readonly incident: Omit<StoredIncident, 'number'>; readonly entries: readonly IncidentEntry[]; readonly runs: readonly StoredRun[]; readonly artifacts: readonly StoredArtifact[] }

/** `id`: under which the zip was received (artifacts/); it is gone afterwards. The same bundle twice is the incident that is here already, but when
 *  a copy is wanted: that one says of which it is one. */
export async function importBundle(service: IncidentService, id: string, actor: Actor, { copy = false }: { readonly copy?: boolean } = {}): Promise<Result<Incident, Problem>> {
  const { shelf } = service.options.artifacts;
  const path = shelf.files.upload(id);
  try {
    const bundle = await readBundle(path);
    const here = await alreadyHere(service, bundle);
    if (here !== null && here.same && !copy) return ok({ ...await service.shown(here.incident), wasHere: true });
    return await importFrom(service, id, bundle, actor, here?.incident.number ?? null);
  } catch (error) {
    if (error instanceof BundleError) return refuse('bundle.invalid', `This bundle cannot be imported. ${error.message} Nothing of it was kept.`);
    throw error;
  } finally {
    await shelf.discardBrought(id);
  }
}

async function importFrom(service: IncidentService, id: string, bundle: Bundle, actor: Actor, copyOf: number | null): Promise<Result<Incident, Problem>> {
  const { artifacts } = service.options;
  const path = artifacts.shelf.files.upload(id);
  const room = await artifacts.shelf.placeBeside(id, [...bundle.artifacts.values()].reduce((sum, { bytes }) => sum + bytes, 0));
  if (!room.ok) return room;
  // Hash to the upload that holds the bytes.
  const taken = new Map<string, string>();
  try {
    for (const sha256 of bundle.artifacts.keys()) {
      const upload = newArtifactId();
      taken.set(sha256, upload);
      const full = await extract(artifacts, path, bundle, sha256, upload);
      if (full !== null) return { ok: false, error: full };
    }
    return ok(await keep(service, bundle, taken, actor, copyOf));
  } finally {
    for (const upload of taken.values()) await artifacts.shelf.files.discard(upload);
  }
}

async function extract({ shelf: { files, bounds } }: ArtifactService, path: string, bundle: Bundle, sha256: string, upload: string): Promise<Problem | null> {
  const zipped = bundle.artifacts.get(sha256);
  if (zipped === undefined) return null;
  const broken: { error: unknown } = { error: null };
  const pieces = async function* (): AsyncGenerator<Uint8Array> { try { yield* checkedPieces(path, zipped, sha256); } catch (error) { broken.error = error; throw error; } };
  const appended = await files.append(upload, Readable.from(pieces(), { objectMode: false }), zipped.bytes, bounds.idleMs);
  if (broken.error !== null) throw broken.error;
  return appended === 'whole' ? null : problem('artifact.disk-full', 'The disk of the server is full; nothing of the bundle was kept.');
}

async function keep(service: IncidentService, bundle: Bundle, taken: ReadonlyMap<string, string>, actor: Actor, copyOf: number | null): Promise<Incident> {
  const { shelf } = service.options.artifacts;
  const { store } = service.options;
  const plan = planOf(service, bundle, actor, copyOf);
  for (const [sha256, upload] of taken) if (plan.artifacts.some(({ meta }) => meta.sha256 === sha256)) await shelf.files.adopt(upload, sha256);
  try {
    const incident = await store.transaction((parts) => write(parts, service.now(), plan, bundle, actor));
    await shelf.makeRoom(new Set(plan.artifacts.map(({ meta }) => meta.id)));
    return await service.shown(incident);
  } catch (error) {
    for (const sha256 of taken.keys()) await shelf.dropUnlessUsed(sha256);
    throw error;
  }
}

async function write(parts: StoreParts, now: string, plan: Plan, { manifest, rates }: Bundle, actor: Actor): Promise<StoredIncident> {
  const incident: StoredIncident = { ...plan.incident, number: await parts.incidents.nextNumber() };
  await parts.incidents.put(incident);
  for (const line of plan.entries) await parts.incidents.putEntry(incident.id, line);
  for (const run of plan.runs) await parts.actions.put(run);
  for (const artifact of plan.artifacts) await parts.artifacts.put(artifact);
  await parts.incidents.putRates(incident.id, pointsOf(rates));
  await record(parts, actor, now, { action: 'incident.import', subject: `incident:${incident.id}`, before: null, after: { number: incident.number, title: incident.title, from: manifest.from, was: manifest.incident.id, artifacts: plan.artifacts.length } });
  return incident;
}

/** Of its contents without artifacts: a bundle that is made anew of an incident that has gone on has another. */
const hashOf = ({ manifest }: Bundle): string => manifest.files.find(({ path }) => path === 'incident.json')?.sha256 ?? '';

/** The incident here that this bundle is of: the very one it was made of, or one that came from it; of these the one with the same contents first. */
async function alreadyHere({ options: { store } }: IncidentService, bundle: Bundle): Promise<{ readonly incident: StoredIncident; readonly same: boolean } | null> {
  const { id } = bundle.manifest.incident;
  const [own, brought, sha256] = [await store.incidents.get(id), await store.incidents.importedFrom(id), hashOf(bundle)];
  const same = brought.find(({ imported }) => imported?.was?.sha256 === sha256);
  if (same !== undefined) return { incident: same, same: true };
  if (own !== null) return { incident: own, same: true };
  return brought[0] === undefined ? null : { incident: brought[0], same: false };
}

/** Everything under new ids that know each other as the old ones did. */
function planOf(service: IncidentService, bundle: Bundle, actor: Actor, copyOf: number | null): Plan {
  const { detail, manifest } = bundle;
  const [now, id] = [service.now(), service.options.newId()];
  const actionIds = new Map(detail.actions.slice(0, maxListed).map((run) => [run.id, service.options.newId()]));
  const brought = detail.artifacts.filter(({ sha256, bytes }) => bundle.artifacts.get(sha256)?.bytes === bytes);
  const artifactIds = new Map(brought.map((artifact) => [artifact.id, newArtifactId()]));
  const metaOf = (meta: ArtifactMeta): ArtifactMeta => ({ ...meta, id: artifactIds.get(meta.id) ?? newArtifactId(), action: meta.action === null ? null : actionIds.get(meta.action) ?? null, incident: id, rule: null });
  const { title, state, openedAt, closedAt, openedBy, agents, services, triggers } = detail.incident;
  return {
    incident: { id, title: title.slice(0, 200), state, openedAt, closedAt, openedBy: { ...openedBy, rule: null }, agents: agents.slice(0, maxNames), services: services.slice(0, maxNames), triggers, lastTriggerAt: null, imported: { from: manifest.from, at: now, by: actor.user, was: { id: manifest.incident.id, sha256: hashOf(bundle) }, ...(copyOf !== null && { copyOf }) } },
    entries: [...entriesOf(detail, actionIds, artifactIds), importedEntry(bundle, now, actor, copyOf)],
    runs: detail.actions.slice(0, maxListed).map(({ agent, reason, ...report }) => ({ agent: { id: agent.id, name: agent.name }, reason, report: { ...ended(report), id: actionIds.get(report.id) ?? '', incident: id, artifacts: report.artifacts.map(metaOf) } })),
    artifacts: brought.map(({ agent, by, ...artifact }) => ({ meta: metaOf(metaOnly(artifact)), agent, by: by ?? actor.user, state: 'stored', begunAt: now, storedAt: now, verifiedAt: now, pinned: false, downloads: 0 })),
  };
}

const metaOnly = ({ id, sha256, bytes, kind, format, name, createdUnixMs, sensitive, summary, service, process, action, incident, rule, fromUnixMs, toUnixMs, figures }: ArtifactMeta): ArtifactMeta =>
  ({ id, sha256, bytes, kind, format, name, createdUnixMs, sensitive, summary, service, process, action, incident, rule, fromUnixMs, toUnixMs, figures });

/** What ran when the bundle was made will never report here. */
const ended = (report: ActionReport): ActionReport =>
  (isOver(report) ? report : { ...report, state: 'failed', why: { code: 'action.imported', message: 'It was not over when the bundle was made.' } });

const entriesOf = ({ timeline }: IncidentDetail, actionIds: ReadonlyMap<string, string>, artifactIds: ReadonlyMap<string, string>): IncidentEntry[] =>
  timeline.slice(0, maxEntries).map((line, i) => ({ ...line, id: `was:${i}`, action: line.action === null ? null : actionIds.get(line.action) ?? null, artifact: line.artifact === null ? null : artifactIds.get(line.artifact) ?? null, rule: null }));

function importedEntry({ manifest, detail }: Bundle, now: string, actor: Actor, copyOf: number | null): IncidentEntry {
  const cut = [['entries of its timeline', detail.timeline.length - maxEntries], ['actions', detail.actions.length - maxListed]] as const;
  const left = [...manifest.left.map(({ name, why }) => `${name}: ${why}`), ...cut.flatMap(([what, more]) => (more > 0 ? [`${more} ${what} beyond what an incident holds`] : []))].join('; ');
  return entry('imported', now, 'imported', `Brought from ${manifest.from}, where ${manifest.by} made the bundle at ${manifest.madeAt}.${copyOf === null ? '' : ` A copy: #${copyOf} here is of the same incident.`}${left === '' ? '' : ` Not in it: ${left}`}`, { by: actor.user });
}

function pointsOf(rates: IncidentRates | null): { t: number; received: number; sent: number; removed: number }[] {
  return (rates?.times ?? []).slice(0, 10_000).flatMap((t, i) => {
    const [received, sent, removed] = [rates?.received[i] ?? null, rates?.sent[i] ?? null, rates?.removed[i] ?? null];
    return received === null || sent === null || removed === null ? [] : [{ t, received, sent, removed }];
  });
}
