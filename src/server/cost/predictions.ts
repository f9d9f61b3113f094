// Rules that came of suggestions: what was predicted of each, kept by the rule's id, so that it stands beside what is measured.
import { z } from 'zod';
import type { SuggestionDraft } from '../../cost/index.ts';
import { signalSchema, suggestionKinds } from '../../model/index.ts';
import type { DocumentStore } from '../store/index.ts';

const rate = { recordsPerSecond: z.number(), bytesPerSecond: z.number() };
const prediction = z.object({
  version: z.literal(2), ruleId: z.string(), suggestionId: z.string(), kind: z.enum(suggestionKinds), signal: signalSchema, service: z.string(), durableId: z.string(), label: z.string(), field: z.string().nullable(), madeAt: z.string(),
  perMonth: z.number(), bytesPerSecond: z.number(), recordsPerSecond: z.number(), currency: z.string(),
  expected: z.object({ madeBytesEach: z.number(), shorterBytesEach: z.number(), series: z.number(), removedSeries: z.number() }),
  /** Null of those that were noted before it was kept: they cannot be told at other traffic. */
  basis: z.object({ received: z.object(rate), removed: z.object({ ...rate, series: z.number().optional() }), made: z.array(z.object({ ...rate, signal: signalSchema, series: z.number().optional() })) }).nullable(),
});
const upgraded = (body: unknown): unknown => ((body as { readonly version?: unknown } | null)?.version === 1 ? { ...(body as object), version: 2, basis: null } : body);
export type Prediction = z.infer<typeof prediction>;

export class Predictions {
  readonly #documents: DocumentStore;
  readonly #byRule = new Map<string, Prediction>();

  constructor(documents: DocumentStore) { this.#documents = documents; }

  async load(): Promise<void> {
    for (const { body } of await this.#documents.list('suggestion')) {
      const read = prediction.safeParse(upgraded(body)).data;
      if (read !== undefined) this.#byRule.set(read.ruleId, read);
    }
  }

  of(ruleId: string): Prediction | null { return this.#byRule.get(ruleId) ?? null; }
  /** Rules that were made of the same suggestion, the newest first. */
  ofSuggestion(id: string): Prediction[] { return [...this.#byRule.values()].filter(({ suggestionId }) => suggestionId === id).sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1)); }
  get all(): readonly Prediction[] { return [...this.#byRule.values()]; }

  async note(ruleId: string, draft: SuggestionDraft, currency: string, at: string): Promise<void> {
    const { id, kind, signal, service, durableId, label, field, savingPerMonth, savingBytesPerSecond, savingRecordsPerSecond, expected, basis } = draft;
    const made: Prediction = { version: 2, ruleId, suggestionId: id, kind, signal, service, durableId, label, field, madeAt: at, perMonth: savingPerMonth, bytesPerSecond: savingBytesPerSecond, recordsPerSecond: savingRecordsPerSecond, currency, expected: { ...expected }, basis: { ...basis, made: [...basis.made] } };
    await this.#documents.put('suggestion', { id: ruleId, name: draft.rule.name, updatedAt: at, body: made });
    this.#byRule.set(ruleId, made);
  }
}
