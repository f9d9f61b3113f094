// A name that another stands for now.
import { z } from 'zod';

/** Nothing followed the new name: from when agents saw it until somebody accepted. `wholeFrom`: since then the former name had ended, so that neither was met. */
const gap = z.object({ from: z.string(), until: z.string(), wholeFrom: z.string().optional() });
export type Gap = z.infer<typeof gap>;

/** "`former` is now called `current`." Chains are followed to their end; a cycle is refused. */
export const alias = z.object({
  id: z.string(), kind: z.enum(['event', 'field']), former: z.string(), current: z.string(),
  /** Only for this service; null: wherever it occurs. */
  service: z.string().nullable(),
  /** `weir` when it was found by evidence (same source line, same body, one ends as the other begins), else who said it. */
  by: z.string(), reason: z.string(), at: z.string(),
  /** Proposed by evidence that is not certain: it has no effect until somebody accepts it. */
  state: z.enum(['active', 'proposed', 'rejected']),
  /** When the new name was first seen; left out when no agent told of it. */
  firstSeen: z.string().optional(),
  /** The last word of a person, as `state` has it since: accepted, taken back (what was proposed is so again), or not a rename. */
  decided: z.object({ by: z.string(), at: z.string(), reason: z.string() }).optional(),
  /** The newest last: one before it was in force, and one for each time it was taken back and accepted again. Left out: none. */
  missed: z.array(gap).optional(),
  /** It was in force until then, and was taken back. */
  followedUntil: z.string().optional(),
});
export type Alias = z.infer<typeof alias>;
