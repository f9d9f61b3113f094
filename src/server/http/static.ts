// The built console: hashed assets for ever, index.html never cached, and every other page address gives index.html, for
// the console routes in the browser.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isApi } from '../auth/index.ts';
import { problem, sendProblem } from './problem.ts';

const uncached = { maxAge: 0, immutable: false };

/** The directory may be built after the start: it is looked at on each request. */
export async function installStatic(app: FastifyInstance, consoleDir: string): Promise<void> {
  await app.register(fastifyStatic, { root: consoleDir, serve: false, maxAge: '365d', immutable: true });
  app.get('/assets/*', { config: { access: 'page' } }, (request, reply) => reply.sendFile(pathOf(request)));
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    if (isApi(request) || (request.method !== 'GET' && request.method !== 'HEAD')) return sendProblem(reply, problem('route.unknown', `There is no ${request.method} ${pathOf(request)}.`));
    return sendPage(consoleDir, request, reply);
  });
}

/** A last part with a dot is a file, at the top or nowhere; everything else is a page of the console. */
function sendPage(consoleDir: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = pathOf(request);
  if (/\.\w+$/.test(path)) {
    if (/^\/[\w-]+\.\w+$/.test(path) && existsSync(join(consoleDir, path))) return reply.sendFile(path, uncached);
    return sendProblem(reply, problem('route.unknown', `There is no file ${path}; the console may have been built anew since this page was loaded.`));
  }
  if (!existsSync(join(consoleDir, 'index.html'))) return sendProblem(reply, problem('console.missing', 'The console has not been built, so there is no page to show.'));
  return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
}

/** An address that is none, such as `//`, is the first page. */
const pathOf = (request: FastifyRequest): string => URL.parse(request.url, 'http://weir.invalid')?.pathname ?? '/';
