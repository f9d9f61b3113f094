// Saved views as they are stored: each with what its KQL compiled to, so that renames need no new compilation.
import { z } from 'zod';
import type { Plan } from '../../../kql/index.ts';
import { savedView, type SavedView } from '../../../model/index.ts';
import type { StoreParts } from '../../store/index.ts';

/** `follows` is worked out on every read. */
export type KeptView = Omit<SavedView, 'follows'>;
export interface StoredView { readonly view: KeptView; /** Null: every record. */ readonly plan: Plan | null }

const stored = z.object({ view: savedView.omit({ follows: true }), plan: z.unknown() });

/** By name. */
export const storedViews = async ({ documents }: Pick<StoreParts, 'documents'>): Promise<StoredView[]> =>
  (await documents.list('view')).map(({ body }) => { const { view, plan } = stored.parse(body); return { view, plan: plan as Plan | null }; });

export const putView = ({ documents }: Pick<StoreParts, 'documents'>, one: StoredView): Promise<void> =>
  documents.put('view', { id: one.view.id, name: one.view.name, updatedAt: one.view.updatedAt, body: one });
