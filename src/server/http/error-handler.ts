// What Fastify and its plugins throw, told in the API's own words. Bugs are logged with their stack and shown without it.
import type { FastifyError, FastifyInstance } from 'fastify';
import { problem, sendProblem, type Problem } from './problem.ts';

export function installErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const known = translate(error);
    if (known !== null) return sendProblem(reply, known);
    request.log.error(error);
    return sendProblem(reply, problem('internal', `The server failed on request ${request.id}.`));
  });
}

function translate(error: FastifyError): Problem | null {
  if (error.statusCode === 429) return problem('request.rate', 'This address has sent too many requests in the last minute.');
  if (error.statusCode === 413) return problem('request.too-large', 'The body of this request is too large.');
  if (error.statusCode === 400 || error.statusCode === 415) return problem('request.malformed', `The body of this request could not be read: ${error.message}`);
  return null;
}
