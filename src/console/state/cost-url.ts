// What a link to the Cost view reproduces.
import { z } from 'zod';
import { costBys } from '../../model/index.ts';

const word = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);

export const costTabs = ['report', 'suggestions', 'savings'] as const;
export type CostTab = (typeof costTabs)[number];

export const costSearch = z.object({
  tab: z.enum(costTabs).optional().catch(undefined),
  by: z.enum(costBys).optional().catch(undefined), /** Only what it sends. */ service: word, find: word,
  /** Key of the chosen row of the report, within `by`. */
  row: word,
  /** Id of the chosen suggestion. */
  suggestion: word,
  /** Without the treemap under the table. */
  map: z.literal('off').optional().catch(undefined),
  /** The price table is open. */
  prices: z.boolean().optional().catch(undefined),
});
export type CostSearch = z.infer<typeof costSearch>;

/** The `row` of one event: the key that its line has in the report (`eventKey` of src/cost, without loading it). */
export const costRowOf = ({ signal, service, durableId }: { readonly signal: string; readonly service: string; readonly durableId: string }): string => JSON.stringify([signal, service, durableId]);
