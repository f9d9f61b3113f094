// Toggle themes as they are stored, with what the server remembers of their switching.
import { z } from 'zod';
import { theme, themeStates, type Theme } from '../../model/index.ts';
import type { StoreParts } from '../store/index.ts';

const stored = z.object({
  theme,
  /** Back to this state by itself then (Unix milliseconds); null: it stays as it is. */
  back: z.object({ state: z.enum(themeStates), atMs: z.number() }).nullable(),
  /** Since it was made; of those that were kept before this was, nobody knows. */
  isSwitched: z.boolean().default(true),
  /** What the schedule last said: it switches when it says something else, so that a hand's word holds until then. */
  scheduled: z.enum(themeStates).nullable(),
});
export type StoredTheme = z.infer<typeof stored>;

/** By name. */
export const readThemes = async ({ documents }: Pick<StoreParts, 'documents'>): Promise<StoredTheme[]> => (await documents.list('theme')).map(({ body }) => stored.parse(body));
export const storedThemes = async (parts: Pick<StoreParts, 'documents'>): Promise<Theme[]> => (await readThemes(parts)).map((one) => one.theme);

export const putTheme = ({ documents }: Pick<StoreParts, 'documents'>, one: StoredTheme, updatedAt: string): Promise<void> =>
  documents.put('theme', { id: one.theme.id, name: one.theme.name, updatedAt, body: one });
