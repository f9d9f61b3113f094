// Every door of a running server: who gets in where, from which origin and under which host name.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiError } from '../../model/index.ts';
import { openSocket } from '../testing/fake-agent.ts';
import { agentToken, indexHtml, TestServer, token } from '../testing/test-server.ts';

const server = new TestServer();
let routes: { method: string; path: string }[] = [];
let cookie = '';
beforeAll(async () => {
  await server.start();
  const { body } = await server.call('GET', '/api/v1/openapi.json');
  const paths = (body as { paths: Record<string, object> }).paths;
  routes = Object.entries(paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, 'x') })));
  cookie = await server.signIn();
});
afterAll(() => server.remove());

const code = (body: unknown) => apiError.parse(body).error.code;
const socketUrl = (path: string) => server.url.replace('http', 'ws') + path;

describe('every route', () => {
  it('is closed without a session and with wrong credentials', async () => {
    expect(routes.length).toBeGreaterThan(14);
    const wrong = [{}, { authorization: 'Bearer nope' }, { authorization: `Bearer ${agentToken}` }, { authorization: `Basic ${token}` }, { cookie: `${cookie}x` }, { authorization: 'Bearer nope', cookie }];
    for (const { method, path } of routes) for (const headers of wrong) {
      const answer = await server.call(method, path, undefined, headers as Record<string, string>);
      expect([method, path, answer.status, code(answer.body)]).toEqual([method, path, 401, 'auth.required']);
    }
  });
  it('is open with the token', async () => {
    for (const { method, path } of routes) expect((await server.call(method, path)).status).not.toBe(401);
  });
  it('reads with a cookie alone', async () => {
    expect((await server.call('GET', '/api/v1/rules', undefined, { cookie })).status).toBe(200);
  });
});

describe('mutations', () => {
  const mutations = () => routes.filter(({ method }) => method !== 'GET');
  it('are refused from another origin, cookie or token', async () => {
    for (const { method, path } of mutations()) for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1']) for (const credential of [{ cookie }, { authorization: `Bearer ${token}` }] as Record<string, string>[]) {
      const answer = await server.call(method, path, {}, { origin, ...credential });
      expect([path, answer.status, code(answer.body)]).toEqual([path, 403, 'auth.origin']);
    }
  });
  it('are refused with a cookie and no origin at all', async () => {
    for (const { method, path } of mutations()) expect((await server.call(method, path, {}, { cookie })).status).toBe(403);
  });
  it('pass from our own origin', async () => {
    for (const { method, path } of mutations()) expect((await server.call(method, path, {}, { cookie, origin: server.url })).status).not.toBe(403);
  });
  it('take no form and no plain text', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const response = await fetch(`${server.url}/api/v1/rules`, { method: 'POST', body: '{}', headers: { 'content-type': type, authorization: `Bearer ${token}` } });
      expect([response.status, code(await response.json())]).toEqual([400, 'request.malformed']);
    }
  });
});

describe('WebSockets', () => {
  it('open with a token, or with a cookie from our origin', async () => {
    (await openSocket(socketUrl('/api/v1/tail'), token)).close();
    (await openSocket(socketUrl('/api/v1/tail'), null, { cookie, origin: server.url })).close();
    (await openSocket(socketUrl('/v1/opamp'), agentToken)).close();
    (await openSocket(socketUrl(`/v1/data?agent=${'a'.repeat(32)}`), agentToken)).close();
  });
  it('stay closed otherwise', async () => {
    await expect(openSocket(socketUrl('/api/v1/tail'), null)).rejects.toThrow('status 401');
    await expect(openSocket(socketUrl('/api/v1/tail'), agentToken)).rejects.toThrow('status 401');
    await expect(openSocket(socketUrl('/api/v1/tail'), null, { cookie, origin: 'http://evil.example' })).rejects.toThrow('status 403');
    await expect(openSocket(socketUrl('/api/v1/tail'), null, { cookie })).rejects.toThrow('status 403');
    for (const path of ['/v1/opamp', '/v1/data?agent=x']) for (const [credential, headers] of [[null, {}], [token, {}], [null, { cookie, origin: server.url }]] as const)
      await expect(openSocket(socketUrl(path), credential, headers)).rejects.toThrow('status 401');
    await expect(openSocket(socketUrl('/nowhere'), token)).rejects.toThrow('status 404');
  });
});

describe('pages', () => {
  it('exchange the token for a cookie and a clean address', async () => {
    const answer = await server.call('GET', `/rules?id=1&token=${token}`, undefined, {});
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/rules?id=1']);
    expect(answer.headers.get('set-cookie')).toMatch(/^weir_session_\w+=\S+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/);
    expect((await server.call('GET', '/rules', undefined, { cookie })).body).toBe(indexHtml);
  });
  it('never redirect to another host', async () => {
    const location = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      request({ hostname, port, path: `//evil.example/?token=${token}` }, (response) => { response.resume(); resolve(response.headers.location); }).on('error', reject).end();
    });
    expect(String(location)).toMatch(/^\/(?!\/)/);
  });
  it('say in words what to do without a session or with a wrong token', async () => {
    for (const path of ['/', '/tail', '/assets/main-abc123.js', '/?token=wrong']) {
      const answer = await server.call('GET', path, undefined, {});
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.body).toMatch(/Open the address that Weir printed/);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });
  it('take no token from the address of the API', async () => {
    expect((await server.call('GET', `/api/v1/rules?token=${token}`, undefined, {})).status).toBe(401);
  });
  it('carry a policy without inline scripts', async () => {
    const policy = (await server.call('GET', '/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    // A worker has the policy that its own script comes with: only the sandbox of scripts may compile WebAssembly.
    expect((await server.call('GET', '/assets/rules.worker-abc_12-3.js')).headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval';");
    for (const path of ['/assets/main-abc123.js', '/rules.worker-a.js', '/x?/assets/rules.worker-a.js']) expect((await server.call('GET', path)).headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(policy).toContain(`ws://${new URL(server.url).host}`);
  });
});

describe('other names', () => {
  const statusFor = (host: string, path: string) => new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, path, headers: { host, authorization: `Bearer ${token}` } }, (response) => { response.resume(); resolve(response.statusCode ?? 0); }).on('error', reject).end();
  });
  it('are refused, so that a page of evil.example rebound to this address reads nothing', async () => {
    expect(await statusFor('evil.example', '/api/v1/rules')).toBe(421);
    expect(await statusFor('evil.example', '/')).toBe(421);
    expect(await statusFor('localhost', '/api/v1/rules')).toBe(200);
    expect(await statusFor('evil.example', '/healthz')).toBe(200);
  });
});

describe('limits', () => {
  it('refuse a large body and too many sign-ins', async () => {
    const large = await server.call('POST', '/api/v1/kql/compile', { kql: 'x'.repeat(1_100_000) });
    expect([large.status, code(large.body)]).toEqual([413, 'request.too-large']);
    let last = 0;
    for (let i = 0; i < 40; i++) last = (await server.call('GET', '/?token=guess', undefined, {})).status;
    expect(last).toBe(429);
  });
});
