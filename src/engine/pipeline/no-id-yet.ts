// Redact rules that name lines of code by ids of templates. Such an id is learnt from records, so a record may come whose id is not known yet, or an
// id may be named that is not known here: then the record may be one of those that are meant. It is put to the rule under each id that it could
// have, and one of them is enough: a rule that redacts takes what it cannot rule out.
import type { NamedIds } from '../../kql/index.ts';
import { durableId, templateNumber, type RecordCursor, type TemplateNames } from '../../otlp/index.ts';
import type { Frame } from '../expr/index.ts';
import type { Step } from '../record/index.ts';
import type { Counters, Effect } from './live-rule.ts';
import type { NamedTemplates } from './named-templates.ts';
import { hashesOf } from './stage.ts';

/** An id of a template that is none of those named. */
const someOther = 't-0000000000000000';

/** Names every body by one id. */
class Assumed implements TemplateNames {
  id = someOther;
  numberOf(): number { return 0; }
  idOf(): string { return this.id; }
  hashOf(): number { return hashesOf([this.id])![0]!; }
}

export class NoIdYet {
  readonly #named: NamedIds;
  readonly #templates: NamedTemplates;
  readonly #counters: Counters;
  /** Ids that are named and unknown here count as possible for every body. */
  readonly #closesUnknown: boolean;
  readonly #assumed = new Assumed();
  readonly #possible: string[] = [];
  /** Whether the record in hand matched only because of what it could be. */
  #isDoubted = false;

  constructor(named: NamedIds, { templates, counters, closesUnknown }: { readonly templates: NamedTemplates; readonly counters: Counters; readonly closesUnknown: boolean }) {
    this.#named = named;
    this.#templates = templates;
    this.#counters = counters;
    this.#closesUnknown = closesUnknown;
  }

  /** By which hashes of durable ids the rule is found now, 0 for records without one; null: it has to meet every record. */
  hashes(names: readonly string[] | null): readonly number[] | null {
    const numbers = this.#named.mined.map((id) => this.#templates.numberOf(id));
    if (names === null || (this.#closesUnknown && numbers.includes(-1))) return null;
    return [...new Set([...hashesOf(names)!, ...numbers.filter((number) => number >= 0).map((number) => this.#templates.hashOf(number)), 0])];
  }

  /** The steps of the rule, true as well where the record could be meant. */
  steps(steps: Step): Step {
    return (frame) => {
      this.#isDoubted = false;
      return steps(frame) || (this.#isDoubted = this.#couldMatch(frame, steps));
    };
  }

  /** The sink of the rule, which says of how many records that was so. */
  effect(effect: Effect): Effect {
    return (batch, index) => {
      if (this.#isDoubted && !batch.again) this.#counters.noIdYet = (this.#counters.noIdYet ?? 0) + 1;
      return effect(batch, index);
    };
  }

  #couldMatch(frame: Frame, steps: Step): boolean {
    const { cursor } = frame;
    const { view } = cursor;
    const templates = view.templates ?? null;
    if (templates === null || view.signal !== 'logs' || cursor.eventNameHash() !== 0) return false;
    const number = templateNumber(cursor);
    this.#findPossible(number);
    if (this.#possible.length === 0) return false;
    try {
      return this.#isNamedByBody(cursor) && ((number < 0 && this.#named.isOpen) || this.#possible.some((id) => this.#under(id, frame, steps)));
    } finally {
      view.templates = templates;
      cursor.moveTo(cursor.index);
    }
  }

  /** The ids that a record could have beside the one by which it was asked: its template's `number`, -1 while nobody knows it. */
  #findPossible(number: number): void {
    const possible = this.#possible;
    possible.length = 0;
    if (number < 0) { possible.push(someOther, ...this.#named.texts); return; }
    for (const id of this.#named.mined) {
      const known = this.#templates.numberOf(id);
      if (known === number || (known < 0 && this.#closesUnknown)) possible.push(id);
    }
  }

  #isNamedByBody(cursor: RecordCursor): boolean {
    cursor.view.templates = this.#assumed;
    cursor.moveTo(cursor.index);
    return durableId(cursor).source === 'template';
  }

  #under(id: string, frame: Frame, steps: Step): boolean {
    this.#assumed.id = id;
    frame.cursor.moveTo(frame.cursor.index);
    return steps(frame);
  }
}
