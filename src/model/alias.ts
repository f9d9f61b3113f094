// A name that another stands for now.
import { z } from 'zod';

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
  /** Before it was in force, what follows the former name met nothing of the new one; `whole`: nor of the former, which had ended. */
  missed: z.object({ from: z.string(), until: z.string(), whole: z.boolean() }).optional(),
  /** It was in force until then, and was taken back. */
  followedUntil: z.string().optional(),
});
export type Alias = z.infer<typeof alias>;
