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
  // Assets hold no data of anyone and are asked for by the sign-in's redirect target in bulk; a page still needs a session.
  app.get('/assets/*', { config: { access: 'page' } }, (request, reply) => reply.sendFile(pathOf(request)));
  app.setNotFoundHandler((request, reply) => {
    if (isApi(request) || (request.method !== 'GET' && request.method !== 'HEAD')) return sendProblem(reply, problem('route.unknown', `There is no ${request.method} ${pathOf(request)}.`));
    return sendPage(consoleDir, request, reply);
  });
}

function sendPage(consoleDir: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = pathOf(request);
  // A file at the top, such as the favicon; a dot makes the difference from a page's address.
  if (/^\/[\w-]+\.\w+$/.test(path) && existsSync(join(consoleDir, path))) return reply.sendFile(path, uncached);
  if (!existsSync(join(consoleDir, 'index.html'))) return sendProblem(reply, problem('console.missing', 'The console has not been built, so there is no page to show.'));
  return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
}

const pathOf = (request: FastifyRequest): string => new URL(request.url, 'http://weir.invalid').pathname;
