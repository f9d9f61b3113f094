// Rows of rule_versions as values. A thousand rules are read every second for the console, so what was parsed is kept for as
// long as the row says the same.
import type { Selectable } from 'kysely';
import type { RuleDocument, RuleId } from '../../model/index.ts';
import type { CompiledRule, RuleProblem } from '../../rules/index.ts';
import type { StoredCheck, StoredVersion } from './rule-store.ts';
import type { RuleVersionsTable } from './tables.ts';

type Row = Selectable<RuleVersionsTable>;
const maxKept = 4000;

export class VersionRows {
  readonly #kept = new Map<string, { readonly row: Row; readonly version: StoredVersion }>();

  read(row: Row): StoredVersion {
    const key = `${row.rule_id}@${row.version}`;
    const known = this.#kept.get(key);
    // Only what a checker made of it can change.
    if (known !== undefined && known.row.compiled === row.compiled && known.row.diagnostics === row.diagnostics && known.row.checker === row.checker && known.row.content_hash === row.content_hash) return known.version;
    if (this.#kept.size >= maxKept) this.#kept.clear();
    const version = fromRow(row);
    this.#kept.set(key, { row, version });
    return version;
  }
}

const fromRow = (row: Row): StoredVersion => ({
  ruleId: row.rule_id as RuleId, version: row.version, document: JSON.parse(row.document) as RuleDocument, text: row.text,
  compiled: row.compiled === null ? null : JSON.parse(row.compiled) as CompiledRule, diagnostics: JSON.parse(row.diagnostics) as RuleProblem[], checker: row.checker,
  contentHash: row.content_hash, author: row.author, note: row.note, createdAt: row.created_at,
});

export const checkToRow = ({ compiled, diagnostics, checker }: StoredCheck) =>
  ({ compiled: compiled === null ? null : JSON.stringify(compiled), diagnostics: JSON.stringify(diagnostics), checker });
