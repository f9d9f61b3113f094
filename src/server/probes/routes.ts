// Probes over REST.
import { z } from 'zod';
import { ok } from '../../base/index.ts';
import { actionTarget, binarySymbols, fleetProbe, fleetProbes, probeGallery, probePreview, probePreviewRequest, processScripts, processSource, startProbe } from '../../model/index.ts';
import { idParams, route, type Route } from '../http/route.ts';
import type { ProbeLooks } from './looks.ts';
import type { ProbeService } from './probe-service.ts';

const filter = z.object({ state: z.enum(['in', 'over']).optional(), agent: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(1000).default(200) });
const removeQuery = z.object({ why: z.string().max(500).default('') });
const previewBody = probePreviewRequest.omit({ ask: true });
const whole = z.coerce.number().int().nonnegative();
const processQuery = z.object({ pid: whole.optional(), startTicks: whole.optional(), service: z.string().min(1).max(255).optional(), match: z.string().min(1).max(500).optional() });
const sourceQuery = processQuery.extend({ file: z.string().min(1).max(4096) });
const symbolsQuery = processQuery.extend({ binary: z.string().min(1).max(4096).optional(), text: z.string().max(500).default('') });

const agentProblems = ['agent.unknown', 'agent.away', 'agent.not-weir', 'agent.silent'] as const;
/** Nothing named: the machine. */
const targetIn = ({ pid, startTicks, service, match }: z.infer<typeof processQuery>): z.infer<typeof actionTarget> => actionTarget.parse({ pid, startTicks, service, match });

export const probeRoutes = (probes: ProbeService, looks: ProbeLooks): Route[] => [...bookRoutes(probes), ...lookRoutes(looks)];

function bookRoutes(probes: ProbeService): Route[] {
  return [
    route({ method: 'GET', path: '/probes', tag: 'probes', summary: 'Probes of the whole fleet, newest first', query: filter, needs: 'probe.read', status: 200, response: fleetProbes, problems: [],
      handle: async ({ query: { limit, ...wanted } }) => ok(await probes.list(wanted, limit)) }),
    route({ method: 'POST', path: '/probes', tag: 'probes', summary: 'Put a probe on an agent; audited with the reason', body: startProbe, needs: 'probe.write', status: 201, response: fleetProbe, problems: ['agent.unknown', 'agent.away', 'agent.not-weir', 'rip-cord.pulled'],
      handle: ({ body, principal }) => probes.start(body, principal) }),
    route({ method: 'GET', path: '/probes/{id}', tag: 'probes', summary: 'One probe: where it is, what it cost, its last values', params: idParams, needs: 'probe.read', status: 200, response: fleetProbe, problems: ['probe.unknown'],
      handle: ({ params }) => probes.get(params.id) }),
    route({ method: 'DELETE', path: '/probes/{id}', tag: 'probes', summary: 'Take a probe out; audited', params: idParams, query: removeQuery, needs: 'probe.write', status: 200, response: fleetProbe, problems: ['probe.unknown', 'probe.over', 'agent.unknown', 'agent.away', 'agent.not-weir'],
      handle: ({ params, query, principal }) => probes.remove(params.id, query.why, principal) }),
  ];
}

function lookRoutes(looks: ProbeLooks): Route[] {
  const common = { tag: 'probes', params: idParams, status: 200, problems: agentProblems } as const;
  return [
    route({ ...common, method: 'POST', path: '/agents/{id}/probes/preview', summary: 'What a probe would read there, where it would sit and what it would cost; audited, for it may open the inspector of the process', body: previewBody, needs: 'probe.write', response: probePreview,
      handle: ({ params, body, principal }) => looks.preview(params.id, body, principal) }),
    route({ ...common, method: 'GET', path: '/agents/{id}/probes/scripts', summary: 'The files that run in a Node process; audited, for it opens its inspector', query: processQuery, needs: 'probe.write', response: processScripts,
      handle: ({ params, query, principal }) => looks.scripts(params.id, targetIn(query), principal) }),
    route({ ...common, method: 'GET', path: '/agents/{id}/probes/source', summary: 'One file of a Node process, and the lines where a logpoint can sit; audited', query: sourceQuery, needs: 'probe.read-code', response: processSource,
      handle: ({ params, query: { file, ...process }, principal }) => looks.source(params.id, targetIn(process), file, principal) }),
    route({ ...common, method: 'GET', path: '/agents/{id}/probes/symbols', summary: 'Functions of a binary, or of a process and its libraries', query: symbolsQuery, needs: 'probe.read', response: binarySymbols,
      handle: ({ params, query: { binary, text, ...process } }) => looks.symbols(params.id, { target: Object.values(process).some((value) => value !== undefined) ? targetIn(process) : null, binary: binary ?? null, text }) }),
    route({ ...common, method: 'GET', path: '/agents/{id}/probes/gallery', summary: 'Ready-made probes, and what the machine lacks for each kind', needs: 'probe.read', response: probeGallery,
      handle: ({ params }) => looks.gallery(params.id) }),
  ];
}
