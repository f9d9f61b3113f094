// Append-only audit entries in a hash chain: each entry's hash covers its content and the hash before it.
import { createHash } from 'node:crypto';
import type { Database, AuditEntriesTable } from './tables.ts';

export interface AuditDraft { readonly at: string; readonly actor: string; readonly action: string; readonly subject: string; readonly detail: unknown }
export interface StoredAuditEntry extends AuditDraft { readonly id: number; readonly prevHash: string; readonly hash: string }

/** The hash before the first entry. */
export const auditChainStart = '0'.repeat(64);

/** SHA-256 in hex over the fields in this order, each as a JSON string, one a line. `detail` is the stored JSON text. */
export function auditHash(entry: Omit<AuditEntriesTable, 'hash'>): string {
  const lines = [entry.prev_hash, entry.id, entry.at, entry.actor, entry.action, entry.subject, entry.detail];
  return createHash('sha256').update(lines.map((line) => JSON.stringify(line)).join('\n')).digest('hex');
}

export class AuditStore {
  readonly #db: Database;
  constructor(db: Database) { this.#db = db; }

  /** Call inside a transaction together with the change it tells of. */
  async append(draft: AuditDraft): Promise<StoredAuditEntry> {
    const last = await this.#db.selectFrom('audit_entries').select(['id', 'hash']).orderBy('id', 'desc').limit(1).executeTakeFirst();
    const content = {
      id: (last?.id ?? 0) + 1, at: draft.at, actor: draft.actor, action: draft.action, subject: draft.subject,
      detail: JSON.stringify(draft.detail ?? null), prev_hash: last?.hash ?? auditChainStart,
    };
    const row = { ...content, hash: auditHash(content) };
    await this.#db.insertInto('audit_entries').values(row).execute();
    return fromRow(row);
  }

  /** Newest first; `before` is an entry id, exclusive, for the next page. */
  async list(limit: number, before?: number): Promise<StoredAuditEntry[]> {
    const query = this.#db.selectFrom('audit_entries').selectAll().orderBy('id', 'desc').limit(limit);
    return (await (before === undefined ? query : query.where('id', '<', before)).execute()).map(fromRow);
  }
}

const fromRow = (row: AuditEntriesTable): StoredAuditEntry => ({
  id: row.id, at: row.at, actor: row.actor, action: row.action, subject: row.subject,
  detail: JSON.parse(row.detail) as unknown, prevHash: row.prev_hash, hash: row.hash,
});
