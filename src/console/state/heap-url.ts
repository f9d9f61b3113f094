// What a link to a heap snapshot reproduces.
import { z } from 'zod';

const word = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);

export const heapViews = ['summary', 'comparison', 'dominators', 'containment', 'strings', 'duplicates'] as const;
export type HeapView = (typeof heapViews)[number];

export const heapSearch = z.object({
  /** Id of the artifact that is shown; `compare` is the earlier one. */
  artifact: word, compare: word,
  /** Name of a file that was opened from this machine: only this page has it. */
  local: word,
  view: z.enum(heapViews).optional().catch(undefined),
  /** V8's id of the object that is looked at. */
  node: z.number().int().nonnegative().optional().catch(undefined),
  /** A part of a constructor's name, or `@id`. */
  find: word,
  /** Retained at least, bytes. */
  least: z.number().nonnegative().optional().catch(undefined),
});
export type HeapSearch = z.infer<typeof heapSearch>;
