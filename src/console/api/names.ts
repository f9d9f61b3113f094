// What names mean: aliases of events and fields as the server writes them out, and the templates that the fleet names bodies by.
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { fromGroups } from '../../kql/index.ts';
import { isTemplateBook, type TemplateBook } from '../../mining/index.ts';
import { knownNames, type NameBook } from '../../model/index.ts';
import { request } from './client.ts';
import { every } from './queries.ts';

export const nameKeys = { names: ['aliases', 'names'], templates: ['templates'] } as const;

const templateBook = z.custom<TemplateBook>(isTemplateBook, 'This is no book of templates.');

interface KnownNames { readonly revision: string; readonly book: NameBook }
/** Sent only when it is another one than the last. */
export const useNameBook = () => useQuery({
  queryKey: nameKeys.names, refetchInterval: every(5000), select: ({ book }: KnownNames) => book,
  queryFn: async ({ signal, client }): Promise<KnownNames> => {
    const before = client.getQueryData<KnownNames>(nameKeys.names);
    const { revision, book } = await request(`/aliases/names${before === undefined ? '' : `?known=${before.revision}`}`, knownNames, { signal });
    return book === null && before !== undefined ? before : { revision, book: fromGroups(book ?? { groups: [], events: [], fields: [] }) };
  },
});
export const useTemplateBook = () => useQuery({ queryKey: nameKeys.templates, queryFn: ({ signal }) => request('/templates', templateBook, { signal }), refetchInterval: every(30_000) });
