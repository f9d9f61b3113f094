// Renames of fields that came along with a rename of their event: looked for once the new event is known well enough, said as proposals, and taken
// back with the rename that they came with.
import { findCarriedFields, leastCarriedLooks, type EventKey, type FieldRenameCandidate, type SeenBook } from '../../catalogue/index.ts';
import type { Alias } from '../../model/index.ts';

/** By then all that it has was seen. */
const enoughLooks = 200;
/** A look goes through the fields of both. */
const mostAtOnce = 20;

type Pair = readonly [former: EventKey, current: EventKey];
interface Carried { readonly pairs: readonly Pair[]; /** Records of the new event that were looked at when it was last judged. */ looked: number; isDone: boolean; readonly said: Map<string, FieldRenameCandidate> }

export class CarriedNames {
  readonly #book: Pick<SeenBook, 'get'>;
  readonly #open = new Map<string, Carried>();

  constructor(book: Pick<SeenBook, 'get'>) { this.#book = book; }

  /** The renames of events there are. The answer is what came with those that are none any more. */
  keep(renames: readonly Alias[], pairsOf: (alias: Alias) => readonly Pair[]): FieldRenameCandidate[] {
    const now = new Map(renames.flatMap((alias) => (alias.kind === 'event' && alias.state !== 'rejected' ? [[alias.id, alias] as const] : [])));
    const over: FieldRenameCandidate[] = [];
    for (const [id, { said }] of this.#open) if (!now.has(id)) { this.#open.delete(id); over.push(...said.values()); }
    for (const [id, alias] of now) {
      if (this.#open.has(id)) continue;
      const pairs = pairsOf(alias);
      if (pairs.length > 0) this.#open.set(id, { pairs, looked: 0, isDone: false, said: new Map() });
    }
    return over;
  }

  /** What has come to light since, each once. */
  find(): FieldRenameCandidate[] {
    const found: FieldRenameCandidate[] = [];
    let left = mostAtOnce;
    for (const carried of this.#open.values()) {
      if (carried.isDone || left === 0) continue;
      const looked = carried.pairs.reduce((sum, [, current]) => sum + (this.#book.get(current)?.looked ?? 0), 0);
      if (looked < leastCarriedLooks || looked < carried.looked * 1.5) continue;
      left--;
      carried.looked = looked;
      carried.isDone = looked >= enoughLooks;
      for (const said of carried.pairs.flatMap((pair) => this.#between(pair))) {
        const key = `${said.former}\n${said.current}`;
        if (carried.said.has(key)) continue;
        carried.said.set(key, said);
        found.push(said);
      }
    }
    return found;
  }

  #between([former, current]: Pair): FieldRenameCandidate[] {
    const [one, other] = [this.#book.get(former), this.#book.get(current)];
    return one === null || other === null ? [] : findCarriedFields(one, other);
  }
}
