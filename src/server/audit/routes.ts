import { z } from 'zod';
import { ok } from '../../base/index.ts';
import { auditList } from '../../model/index.ts';
import { route, type Route } from '../http/route.ts';
import type { Store } from '../store/index.ts';

const page = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** Entries older than this id. */
  before: z.coerce.number().int().positive().optional(),
});

export const auditRoutes = (store: Store): Route[] => [
  route({
    method: 'GET', path: '/audit', tag: 'audit', summary: 'Who did what, newest first', query: page, status: 200, response: auditList, problems: [],
    handle: async ({ query }) => ok({ entries: await store.audit.list(query.limit, query.before) }),
  }),
];
