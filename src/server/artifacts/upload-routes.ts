// Where agents upload, outside the people's API: POST begins or goes on, PATCH adds bytes, HEAD asks how far it is. With the agents' token.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { artifactMeta, uploadOffsetHeader, type UploadStatus } from '../../model/index.ts';
import type { Fleet } from '../fleet/index.ts';
import { invalid, sendProblem, statusOf } from '../http/problem.ts';
import { takeBodiesUnread } from '../http/route.ts';
import type { UploadAnswer, UploadDesk } from './upload-desk.ts';

const base = '/agent/v1/artifacts';
const agentQuery = z.object({ agent: z.string().regex(/^[0-9a-f]{32}$/) });
const idParams = z.object({ id: artifactMeta.shape.id });
const offsetHeader = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const access = { access: 'agent' } as const;

export function registerUploads(http: FastifyInstance, desk: UploadDesk, fleet: Fleet): void {
  const agentOf = (query: unknown) => {
    const { agent } = agentQuery.parse(query);
    return { id: agent, name: fleet.find(agent)?.name ?? `agent-${agent.slice(-6)}` };
  };
  http.post(base, { config: access, errorHandler }, async (request, reply) => answer(reply, await desk.begin(artifactMeta.parse(request.body), agentOf(request.query))));
  http.head(`${base}/:id`, { config: access, errorHandler }, async (request, reply) => answer(reply, await desk.offset(idParams.parse(request.params).id)));
  void http.register(async (scope) => {
    takeBodiesUnread(scope);
    scope.patch(`${base}/:id`, { config: access, errorHandler }, async (request, reply) => {
      const [{ id }, offset] = [idParams.parse(request.params), offsetHeader.parse(request.headers[uploadOffsetHeader])];
      const answered = await desk.append(id, offset, request.raw);
      return answer(reply, answered, offset);
    });
  });
}

/** What is no upload at all, named by its fields. */
function errorHandler(error: Error, _request: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof z.ZodError) return sendProblem(reply, invalid(error, 'upload'));
  throw error;
}

/** Refusals of the whole artifact are 422, a wrong offset 409; both say where the upload stands. */
function answer(reply: FastifyReply, result: UploadAnswer, sentAt?: number): FastifyReply {
  if (!result.ok) return sendProblem(reply, result.error);
  const status: UploadStatus = result.value;
  const wrongOffset = sentAt !== undefined && status.state === 'partial' && status.problem !== null;
  return reply.code(status.state === 'refused' ? 422 : wrongOffset ? statusOf('artifact.offset') : 200).header(uploadOffsetHeader, status.offset).header('cache-control', 'no-store').send(status);
}
