// Since when a rule's event is meant by which names: a rule catches a new name from when somebody said that it is the same event, and a name that was
// taken back no more. What came under a name before and after that is no traffic of the rule.
import { meaningsOf } from '../../kql/index.ts';
import type { NameBook } from '../../model/index.ts';

export interface NamedEvent { readonly service: string; readonly durableId: string }
/** Unix milliseconds; without end while it is in force. */
export interface NameSpan { readonly name: string; readonly fromMs: number; readonly untilMs: number }

/** What nobody measures any more. */
const keptMs = 600_000;

export class NamesInForce {
  /** By service and id. */
  readonly #spans = new Map<string, readonly NameSpan[]>();
  #seen: NameBook | null = null;

  /** What names mean now. Events of which nothing was known count as meant so all along. */
  note(events: readonly NamedEvent[], book: NameBook, nowMs: number): void {
    const isSame = this.#seen === book;
    this.#seen = book;
    for (const event of events) if (!isSame || !this.#spans.has(keyOf(event))) this.#spans.set(keyOf(event), moved(this.#spans.get(keyOf(event)), namesOf(event, book), nowMs));
  }

  of(event: NamedEvent): readonly NameSpan[] { return this.#spans.get(keyOf(event)) ?? []; }
}

const keyOf = ({ service, durableId }: NamedEvent): string => JSON.stringify([service, durableId]);

const namesOf = ({ service, durableId }: NamedEvent, book: NameBook): ReadonlySet<string> =>
  new Set(meaningsOf(book.events, durableId).flatMap((one) => (one.service === null || one.service === service ? [one.name] : [])));

function moved(before: readonly NameSpan[] | undefined, names: ReadonlySet<string>, nowMs: number): readonly NameSpan[] {
  const kept = (before ?? []).filter(({ untilMs }) => untilMs > nowMs - keptMs).map((span) => (span.untilMs === Infinity && !names.has(span.name) ? { ...span, untilMs: nowMs } : span));
  const isOpen = (name: string): boolean => kept.some((span) => span.name === name && span.untilMs === Infinity);
  return [...kept, ...[...names].filter((name) => !isOpen(name)).map((name) => ({ name, fromMs: before === undefined ? -Infinity : nowMs, untilMs: Infinity }))];
}
