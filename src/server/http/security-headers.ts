// What a browser may do with our pages: run our scripts and workers, talk to this server, nothing else.
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** The one script that compiles WebAssembly: the worker in which the console runs scripts of language rules in QuickJS. A worker has the policy
 *  that its own script is served with, so the pages need no such permission. */
const isSandboxWorker = (url = ''): boolean => /^\/assets\/rules\.worker-[\w-]+\.js$/.test(url);

export async function installSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [(request) => (isSandboxWorker(request.url) ? "'self' 'wasm-unsafe-eval'" : "'self'")],
        workerSrc: ["'self'"],
        // The editor and the virtual lists place things with style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'", 'data:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        manifestSrc: ["'self'"],
        // Spelled out for browsers in which 'self' does not cover WebSockets.
        connectSrc: ["'self'", (request) => `ws://${request.headers.host ?? ''}`, (request) => `wss://${request.headers.host ?? ''}`],
        baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"], objectSrc: ["'none'"],
      },
    },
    // Loopback has no TLS to insist on; a TLS proxy in front sets its own.
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
}
