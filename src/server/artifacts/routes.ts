// Artifacts over REST, for people.
import { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import { artifact, artifactKind, artifactReveal, artifacts, broughtIn, changeArtifact, type BroughtIn } from '../../model/index.ts';
import type { Actor } from '../audit/index.ts';
import { may } from '../auth/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { idParams, route, type Route } from '../http/route.ts';
import type { ArtifactService } from './artifact-service.ts';

export interface ArtifactRouteOptions {
  readonly artifacts: ArtifactService;
  /** A received zip that is an incident's bundle, by the id under which it was received. It takes the file away. */
  readonly importBundle: (id: string, actor: Actor) => Promise<Result<BroughtIn, Problem>>;
}

const text = z.string().max(200).optional();
const filter = z.object({ kind: artifactKind.optional(), agent: text, incident: text, action: text, q: text, limit: z.coerce.number().int().min(1).max(1000).default(200) });
/** Only ever shown and offered as a name to save under; never a path. */
const fileName = z.object({ name: z.string().min(1).max(200).transform((name) => name.split(/[/\\]/).at(-1) ?? '').pipe(z.string().min(1).regex(/^\P{Cc}+$/u).refine((name) => name !== '.' && name !== '..')) });

export const artifactRoutes = (options: ArtifactRouteOptions): Route[] => [...readingRoutes(options), ...changingRoutes(options)];

function readingRoutes({ artifacts: service }: ArtifactRouteOptions): Route[] {
  return [
    route({ method: 'GET', path: '/artifacts', tag: 'artifacts', summary: 'What was collected and brought, newest first', query: filter, needs: 'artifact.read', status: 200, response: artifacts, problems: [],
      handle: async ({ query: { limit, ...wanted } }) => ok(await service.list(wanted, limit)) }),
    route({ method: 'GET', path: '/artifacts/{id}', tag: 'artifacts', summary: 'One artifact', params: idParams, needs: 'artifact.read', status: 200, response: artifact, problems: ['artifact.unknown'],
      handle: ({ params }) => service.get(params.id) }),
    route({ method: 'GET', path: '/artifacts/{id}/content', tag: 'artifacts', summary: 'Its file, or a Range of it; audited. What holds memory or packets needs a permission of its own', params: idParams, query: z.object({ /** `view`: a page shows it; nobody has it as a file. */ for: z.enum(['view', 'save']).default('save') }), needs: 'artifact.read', status: 200, response: null,
      file: ['application/octet-stream'], problems: ['artifact.unknown', 'artifact.not-there', 'artifact.lost', 'auth.forbidden'],
      handle: ({ params, query, headers, principal }) => service.content(params.id, headers, principal, query.for) }),
  ];
}

function changingRoutes({ artifacts: service, importBundle }: ArtifactRouteOptions): Route[] {
  return [
    route({ method: 'POST', path: '/artifacts', tag: 'artifacts', summary: 'Bring a file from elsewhere, as the body; what it is is read from it. An incident\'s bundle is imported', query: fileName, takesFile: true, needs: 'artifact.write', status: 201, response: broughtIn,
      problems: ['artifact.too-large', 'artifact.quota', 'artifact.disk-full', 'artifact.cut', 'bundle.invalid', 'auth.forbidden'],
      handle: async ({ query, file, headers, principal }): Promise<Result<BroughtIn, Problem>> => {
        const received = await service.desk.receive(file, Number(headers['content-length'] ?? 0));
        if (!received.ok) return received;
        if (await service.isBundle(received.value.id)) {
          if (may(principal, 'incident.import')) return importBundle(received.value.id, principal);
          await service.shelf.discardBrought(received.value.id);
          return refuse('auth.forbidden', `This is an incident's bundle; importing it needs the permission "incident.import", which ${principal.user} does not have.`);
        }
        return ok({ artifact: await service.shelf.shown(await service.desk.keep(received.value.id, query.name, principal.user)), incident: null });
      } }),
    route({ method: 'PATCH', path: '/artifacts/{id}', tag: 'artifacts', summary: 'Pin it: neither age nor quota takes it away', params: idParams, body: changeArtifact, needs: 'artifact.write', status: 200, response: artifact, problems: ['artifact.unknown', 'artifact.quota'],
      handle: ({ params, body, principal }) => service.pin(params.id, body.pinned, principal) }),
    route({ method: 'POST', path: '/artifacts/{id}/verify', tag: 'artifacts', summary: 'Read the whole file and compare its hash', params: idParams, needs: 'artifact.read', status: 200, response: artifact, problems: ['artifact.unknown', 'artifact.not-there'],
      handle: ({ params }) => service.verify(params.id) }),
    route({ method: 'POST', path: '/artifacts/{id}/reveal', tag: 'artifacts', summary: 'Say that somebody looks at the values of a dump that are masked else; audited', params: idParams, needs: 'artifact.read-sensitive', status: 200, response: artifactReveal, problems: ['artifact.unknown', 'artifact.not-there', 'auth.forbidden'],
      handle: ({ params, principal }) => service.reveal(params.id, principal) }),
    route({ method: 'DELETE', path: '/artifacts/{id}', tag: 'artifacts', summary: 'Delete it; audited', params: idParams, needs: 'artifact.delete', status: 204, response: null, problems: ['artifact.unknown'],
      handle: ({ params, principal }) => service.remove(params.id, principal) }),
  ];
}
