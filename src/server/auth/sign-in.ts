// The one time a token is in a URL: `/?token=…` becomes a cookie and the address bar is clean again. Without a session a
// person gets a page in plain words.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { problem, sendProblem } from '../http/problem.ts';
import { sameSecret } from './secret.ts';
import { sessionMs, type Sessions } from './sessions.ts';

/** Sign-in attempts a minute and address; a token of 128 random bits needs no more, a chosen one is guarded by it. */
const attemptsPerMinute = 30;

/** Answers any page address that carries `?token=`; everything else passes on. */
export function installSignIn(app: FastifyInstance, options: { readonly token: string; readonly sessions: Sessions }): void {
  const attempt = app.createRateLimit({ max: attemptsPerMinute, timeWindow: 60_000 });
  app.addHook('onRequest', async (request, reply) => {
    const url = URL.parse(request.url, 'http://weir.invalid');
    const given = url?.searchParams.get('token') ?? null;
    if (url === null || given === null || request.method !== 'GET' || request.ws || /^\/(api|v1|agent|healthz)(\/|$)/.test(url.pathname)) return undefined;
    const verdict = await attempt(request);
    if (!verdict.isAllowed && verdict.isExceeded) return sendProblem(reply.header('retry-after', verdict.ttlInSeconds), problem('request.rate', 'Too many sign-in attempts from this address.'));
    if (!sameSecret(given, options.token)) return sendSignInPage(reply, 'wrong');
    return exchange(reply, url, options.sessions);
  });
}

function exchange(reply: FastifyReply, url: URL, sessions: Sessions): FastifyReply {
  url.searchParams.delete('token');
  reply.setCookie(sessions.cookieName, sessions.issue('local'), { path: '/', httpOnly: true, sameSite: 'strict', maxAge: sessionMs / 1000 });
  // A path that begins with two slashes would lead to another host.
  return reply.header('cache-control', 'no-store').redirect(url.pathname.replace(/^\/+/, '/') + url.search, 303);
}

export function sendSignInPage(reply: FastifyReply, token: 'none' | 'wrong'): FastifyReply {
  const why = token === 'wrong' ? 'The token in this address is not the one this server was started with.' : 'This browser has no session with this server yet, or it has ended.';
  return reply.code(401).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page(why));
}

const page = (why: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Weir: open the printed address</title>
<style>
:root { color-scheme: dark light } body { font: 15px/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto; padding: 0 1.5rem; background: Canvas; color: CanvasText }
h1 { font-size: 1.25rem } code { font-family: ui-monospace, monospace; background: color-mix(in srgb, CanvasText 10%, Canvas); padding: .1em .35em; border-radius: 3px }
</style></head><body><main>
<h1>Open the address that Weir printed</h1>
<p>${why}</p>
<p>Go to the terminal where <code>weir up</code> (or <code>npm start</code>) runs and open the address it printed. It ends in <code>?token=…</code> and signs this browser in once.</p>
<p>Lost it? Stop Weir with Ctrl-C and start it again: it prints a new one. Set <code>WEIR_TOKEN</code> to keep one token for good.</p>
</main></body></html>
`;
