// What names mean: aliases of events and fields as the server writes them out, and the templates that the fleet names bodies by.
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { isTemplateBook, type TemplateBook } from '../../mining/index.ts';
import { nameBook } from '../../model/index.ts';
import { request } from './client.ts';
import { every } from './queries.ts';

export const nameKeys = { names: ['aliases', 'names'], templates: ['templates'] } as const;

const templateBook = z.custom<TemplateBook>(isTemplateBook, 'This is no book of templates.');

export const useNameBook = () => useQuery({ queryKey: nameKeys.names, queryFn: ({ signal }) => request('/aliases/names', nameBook, { signal }), refetchInterval: every(5000) });
export const useTemplateBook = () => useQuery({ queryKey: nameKeys.templates, queryFn: ({ signal }) => request('/templates', templateBook, { signal }), refetchInterval: every(30_000) });
