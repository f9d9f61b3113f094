// What a link to a profile reproduces, and the links that lead from a frame to where something can be done about it.
import { z } from 'zod';

const word = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
const millis = z.number().nonnegative().optional().catch(undefined);

export const profileViews = ['flame', 'time', 'icicle', 'tree', 'inverted', 'sandwich'] as const;
export type ProfileView = (typeof profileViews)[number];
export const profileColours = ['package', 'type', 'self', 'change'] as const;
export type ProfileColour = (typeof profileColours)[number];

export const profilesSearch = z.object({
  /** Id of the artifact that is shown; `against` is what it is compared with. */
  artifact: word, against: word,
  /** Name of a file that was opened from this machine: only this page has it. */
  local: word,
  /** Which of the profiles that the file holds; from 0. */
  part: z.number().int().nonnegative().optional().catch(undefined),
  view: z.enum(profileViews).optional().catch(undefined),
  colour: z.enum(profileColours).optional().catch(undefined),
  /** A pattern (RE2). */
  find: word,
  /** Name of the weight: cpu, alloc_space. */
  weight: word,
  /** The part of its time that is looked at, milliseconds from the profile's start. */
  from: millis, to: millis,
  /** Rows of its threads. */
  threads: z.array(z.number().int().nonnegative()).max(1000).optional().catch(undefined),
  /** Calls of a function to itself are one box. */
  folded: z.boolean().optional().catch(undefined),
  /** Samples in which nothing ran count too. */
  idle: z.boolean().optional().catch(undefined),
  /** Packages that are left out. */
  hidden: z.array(z.string()).max(200).optional().catch(undefined),
  /** Key of the function (see `function-key.ts` of the feature) from which on stacks are shown. */
  focus: word,
  /** Keys of the chosen box and of those below it, from the root; and of the box that has the whole width. */
  at: word, zoom: word,
  /** Of the list: whose profiles, and words in their names. */
  service: word, agent: word, kind: z.enum(['cpu-profile', 'heap-profile']).optional().catch(undefined), q: word,
  /** What the lower table is sorted by. */
  top: z.enum(['self', 'total']).optional().catch(undefined),
});
export type ProfilesSearch = z.infer<typeof profilesSearch>;
