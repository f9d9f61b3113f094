// Saved views over REST, and as files for git.
import { z } from 'zod';
import { ok } from '../../../base/index.ts';
import { savedView, savedViewChange, savedViewInput, savedViewList, viewFileName, viewImport, viewImported, type SavedView } from '../../../model/index.ts';
import { idParams, route, type FileAnswer, type Route } from '../../http/route.ts';
import { printViews } from './view-files.ts';
import type { Views } from './view-service.ts';

const tag = 'durability';
const refusals = ['rule.does-not-compile', 'rule.too-costly', 'compiler.unavailable', 'view.name-taken'] as const;

export const viewRoutes = (views: Views): Route[] => [
  route({ method: 'GET', path: '/views', tag, summary: 'Saved tail filters, with the renames that they follow now', needs: 'event.read', status: 200, response: savedViewList, problems: [],
    handle: () => Promise.resolve(ok({ views: views.list() })) }),
  route({ method: 'POST', path: '/views', tag, summary: 'Save a tail filter under a name', body: savedViewInput, needs: 'view.write', status: 201, response: savedView, problems: [...refusals, 'view.too-many'],
    handle: ({ body, principal }) => views.create(body, principal) }),
  route({ method: 'GET', path: '/views/export', tag, summary: 'All saved views as YAML documents behind each other; with an id, that one', query: z.object({ id: z.string().max(100).optional() }), needs: 'event.read', status: 200, response: null, file: ['application/yaml'], problems: ['view.unknown'],
    handle: ({ query: { id } }) => { const one = id === undefined ? null : views.get(id); return Promise.resolve(one === null ? ok(viewsFile(views.list())) : one.ok ? ok(viewsFile([one.value], `${viewFileName(one.value.name)}.yaml`)) : one); } }),
  route({ method: 'POST', path: '/views/import', tag, summary: 'Bring saved views to what files say, all or none; with dry=1 only what would be done', body: viewImport, query: z.object({ dry: z.stringbool().default(false) }), needs: 'view.write', status: 200, response: viewImported, problems: ['view.file', 'view.too-many', 'rule.does-not-compile', 'rule.too-costly', 'compiler.unavailable'],
    handle: ({ body, query, principal }) => views.importFiles(body.files, query.dry, principal) }),
  route({ method: 'GET', path: '/views/{id}', tag, summary: 'One saved view', params: idParams, needs: 'event.read', status: 200, response: savedView, problems: ['view.unknown'],
    handle: ({ params }) => Promise.resolve(views.get(params.id)) }),
  route({ method: 'PUT', path: '/views/{id}', tag, summary: 'Change a saved view', params: idParams, body: savedViewChange, needs: 'view.write', status: 200, response: savedView, problems: ['view.unknown', 'view.changed-meanwhile', ...refusals],
    handle: ({ params, body: { base, ...input }, principal }) => views.change(params.id, input, principal, base) }),
  route({ method: 'DELETE', path: '/views/{id}', tag, summary: 'Delete a saved view', params: idParams, needs: 'view.write', status: 204, response: null, problems: ['view.unknown'],
    handle: ({ params, principal }) => views.remove(params.id, principal) }),
];

const viewsFile = (views: readonly SavedView[], name = 'views.yaml'): FileAnswer => ({ contentType: 'application/yaml; charset=utf-8', name, pieces: pieceOf(printViews(views)) });

async function* pieceOf(text: string): AsyncGenerator<string> { yield await Promise.resolve(text); }
