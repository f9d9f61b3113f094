// Which rules were written, and when: so that readers read again only those. Shared by all RuleStores of one database, those
// inside transactions, too; a transaction that is rolled back only makes somebody read the same again.
import type { RuleId } from '../../model/index.ts';

export class RuleChanges {
  readonly #stamps = new Map<RuleId, number>();
  stamp = 0;

  note(id: RuleId): void { this.#stamps.set(id, ++this.stamp); }
  since(stamp: number): readonly RuleId[] { return [...this.#stamps].filter(([, at]) => at > stamp).map(([id]) => id); }
}
