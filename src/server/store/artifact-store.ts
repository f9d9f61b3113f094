// The index of artifacts: what is there, where it came from, how much of it has arrived. The bytes are files (server/artifacts).
import { sql } from 'kysely';
import { artifactMeta, type ArtifactMeta } from '../../model/index.ts';
import type { ArtifactsTable, Database } from './tables.ts';

export interface StoredArtifact {
  readonly meta: ArtifactMeta; readonly agent: { readonly id: string; readonly name: string } | null; readonly by: string | null;
  readonly state: ArtifactsTable['state']; readonly begunAt: string; readonly storedAt: string | null; readonly verifiedAt: string | null; readonly pinned: boolean; readonly downloads: number;
}
export interface ArtifactFilter {
  readonly kind?: string | undefined; readonly agent?: string | undefined; readonly incident?: string | undefined; readonly action?: string | undefined;
  /** Looked for in name, summary and service, whatever the case. */
  readonly q?: string | undefined;
}
export interface ArtifactSums { readonly incident: string; readonly count: number; readonly bytes: number }

export class ArtifactStore {
  readonly #db: Database;
  constructor(db: Database) { this.#db = db; }

  /** Inserts, or replaces all but the id. */
  async put(artifact: StoredArtifact): Promise<void> {
    const { id, ...changing } = toRow(artifact);
    await this.#db.insertInto('artifacts').values({ id, ...changing }).onConflict((conflict) => conflict.column('id').doUpdateSet(changing)).execute();
  }

  async get(id: string): Promise<StoredArtifact | null> {
    const row = await this.#db.selectFrom('artifacts').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : fromRow(row);
  }

  /** Newest first, and how many fit in all. */
  async list(filter: ArtifactFilter, limit: number): Promise<{ readonly artifacts: StoredArtifact[]; readonly count: number }> {
    const rows = await this.#where(filter).selectAll().orderBy('created_ms', 'desc').orderBy('id').limit(limit).execute();
    const { count } = await this.#where(filter).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return { artifacts: rows.map(fromRow), count };
  }

  #where({ kind, agent, incident, action, q }: ArtifactFilter) {
    const like = `%${(q ?? '').toLowerCase().replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`;
    return this.#db.selectFrom('artifacts').$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? '')).$if(agent !== undefined, (query) => query.where('agent_id', '=', agent ?? ''))
      .$if(incident !== undefined, (query) => query.where('incident', '=', incident ?? '')).$if(action !== undefined, (query) => query.where('action', '=', action ?? ''))
      .$if(q !== undefined && q !== '', (query) => query.where(sql<boolean>`lower(name || ' ' || meta) like ${like} escape '\\'`));
  }

  /** Artifacts whose bytes are this file. */
  async ofFile(sha256: string): Promise<StoredArtifact[]> { return (await this.#db.selectFrom('artifacts').selectAll().where('sha256', '=', sha256).execute()).map(fromRow); }

  /** Of every file that should be there. */
  async hashes(): Promise<ReadonlySet<string>> {
    return new Set((await this.#db.selectFrom('artifacts').select('sha256').distinct().where('state', '!=', 'uploading').execute()).map(({ sha256 }) => sha256));
  }

  /** Those on their way, oldest first. */
  async uploading(): Promise<StoredArtifact[]> { return (await this.#db.selectFrom('artifacts').selectAll().where('state', '=', 'uploading').orderBy('begun_at').execute()).map(fromRow); }

  /** Neither pinned nor on their way, oldest first, those of open incidents last; the candidates for leaving. */
  async leaving(limit: number): Promise<StoredArtifact[]> {
    const open = sql<number>`exists (select 1 from incidents where incidents.id = artifacts.incident and incidents.state = 'open')`;
    return (await this.#db.selectFrom('artifacts').selectAll().where('pinned', '=', 0).where('state', '!=', 'uploading').orderBy(open).orderBy('stored_at').limit(limit).execute()).map(fromRow);
  }

  /** Bytes of files, each once however many artifacts it is. */
  async used(): Promise<{ readonly storedBytes: number; readonly pinnedBytes: number; readonly count: number }> {
    const files = this.#db.selectFrom('artifacts').select(({ fn }) => ['sha256', fn.max('bytes').as('bytes'), fn.max('pinned').as('pinned')]).where('state', 'in', ['stored', 'damaged']).groupBy('sha256').as('files');
    const stored = await this.#db.selectFrom(files).select(({ fn }) => fn.coalesce(fn.sum<number>('files.bytes'), sql<number>`0`).as('all'))
      .select(sql<number>`coalesce(sum(case when files.pinned = 1 then files.bytes else 0 end), 0)`.as('pinned')).executeTakeFirstOrThrow();
    const { count } = await this.#db.selectFrom('artifacts').select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return { storedBytes: stored.all, pinnedBytes: stored.pinned, count };
  }

  async sumsOf(incidents: readonly string[]): Promise<ArtifactSums[]> {
    if (incidents.length === 0) return [];
    const rows = await this.#db.selectFrom('artifacts').select(({ fn }) => ['incident', fn.countAll<number>().as('count'), fn.sum<number>('bytes').as('bytes')]).where('incident', 'in', incidents).groupBy('incident').execute();
    return rows.map(({ incident, count, bytes }) => ({ incident: incident ?? '', count, bytes }));
  }

  /** Of artifacts that belong to none yet. Gives those that now do. */
  async join(incident: string, actions: readonly string[]): Promise<StoredArtifact[]> {
    if (actions.length === 0) return [];
    const found = (await this.#db.selectFrom('artifacts').selectAll().where('action', 'in', actions).where('incident', 'is', null).execute()).map(fromRow);
    const joined = found.map((artifact) => ({ ...artifact, meta: { ...artifact.meta, incident } }));
    for (const artifact of joined) await this.put(artifact);
    return joined;
  }

  async noteDownload(id: string): Promise<void> { await this.#db.updateTable('artifacts').set(({ eb }) => ({ downloads: eb('downloads', '+', 1) })).where('id', '=', id).execute(); }
  async remove(id: string): Promise<void> { await this.#db.deleteFrom('artifacts').where('id', '=', id).execute(); }
}

const toRow = ({ meta, agent, by, state, begunAt, storedAt, verifiedAt, pinned, downloads }: StoredArtifact): ArtifactsTable => ({
  id: meta.id, sha256: meta.sha256, bytes: meta.bytes, kind: meta.kind, name: meta.name, created_ms: meta.createdUnixMs, action: meta.action, incident: meta.incident,
  agent_id: agent?.id ?? null, agent_name: agent?.name ?? null, brought_by: by, state, begun_at: begunAt, stored_at: storedAt, verified_at: verifiedAt, pinned: pinned ? 1 : 0, downloads, meta: JSON.stringify(meta),
});
const fromRow = (row: ArtifactsTable): StoredArtifact => ({
  meta: artifactMeta.parse(JSON.parse(row.meta)), agent: row.agent_id === null ? null : { id: row.agent_id, name: row.agent_name ?? '' }, by: row.brought_by,
  state: row.state, begunAt: row.begun_at, storedAt: row.stored_at, verifiedAt: row.verified_at, pinned: row.pinned === 1, downloads: row.downloads,
});
