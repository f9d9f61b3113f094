import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiError } from '../../model/index.ts';
import { ServerStartError } from '../start-error.ts';
import { indexHtml, TestServer } from '../testing/test-server.ts';

const server = new TestServer();
beforeAll(() => server.start());
afterAll(() => server.remove());

interface Document { openapi: string; paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown>; parameters?: { name: string; in: string }[] }>>; components: { schemas: Record<string, unknown> } }

describe('the OpenAPI document', () => {
  let document: Document;
  beforeAll(async () => { document = (await server.call('GET', '/api/v1/openapi.json')).body as Document; });

  it('is of version 3.1 and has every route of the API', () => {
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`)).sort();
    expect(operations).toEqual([
      'DELETE /artifacts/{id}', 'DELETE /probes/{id}', 'DELETE /recorders/{name}', 'DELETE /rules/{id}', 'DELETE /themes/{id}', 'DELETE /views/{id}', 'GET /actions', 'GET /actions/{id}', 'GET /agents', 'GET /agents/{id}', 'GET /agents/{id}/probes/gallery',
      'GET /agents/{id}/probes/scripts', 'GET /agents/{id}/probes/source', 'GET /agents/{id}/probes/symbols', 'GET /agents/{id}/processes', 'GET /aliases', 'GET /aliases/broken', 'GET /aliases/following', 'GET /aliases/names', 'GET /aliases/preview', 'GET /artifacts', 'GET /artifacts/{id}', 'GET /artifacts/{id}/content',
      'GET /audit', 'GET /cost', 'GET /cost/prices', 'GET /cost/savings', 'GET /cost/suggestions', 'GET /demo/faults', 'GET /events', 'GET /events/detail', 'GET /events/drift', 'GET /incidents', 'GET /incidents/{id}', 'GET /incidents/{id}/bundle', 'GET /incidents/{id}/rates',
      'GET /metrics', 'GET /metrics/export', 'GET /nets', 'GET /nets/{rule}', 'GET /openapi.json', 'GET /overview', 'GET /probes', 'GET /probes/{id}', 'GET /recorders', 'GET /recorders/{name}/keys', 'GET /redaction/canary', 'GET /redaction/export', 'GET /redaction/overview',
      'GET /redaction/series', 'GET /redaction/sources', 'GET /redaction/sources/{id}', 'GET /rip-cord', 'GET /rules', 'GET /rules/texts', 'GET /rules/{id}', 'GET /rules/{id}/history', 'GET /session', 'GET /tail', 'GET /templates', 'GET /themes', 'GET /themes/{id}', 'GET /views',
      'GET /views/export', 'GET /views/{id}', 'PATCH /artifacts/{id}', 'PATCH /incidents/{id}', 'POST /actions', 'POST /actions/{id}/cancel', 'POST /agents/{id}/actions/preview', 'POST /agents/{id}/probes/preview', 'POST /aliases', 'POST /aliases/follow', 'POST /artifacts',
      'POST /artifacts/{id}/reveal', 'POST /artifacts/{id}/verify', 'POST /cost/suggestions/{id}/rule', 'POST /incidents', 'POST /incidents/import', 'POST /incidents/{id}/collect', 'POST /incidents/{id}/notes', 'POST /kql/compile', 'POST /probes', 'POST /redaction/canary',
      'POST /redaction/residual-scan', 'POST /rip-cord/pull', 'POST /rip-cord/release', 'POST /rules', 'POST /rules/bulk', 'POST /rules/order', 'POST /rules/{id}/deploy', 'POST /rules/{id}/disable', 'POST /rules/{id}/versions', 'POST /themes', 'POST /views', 'POST /views/import',
      'PUT /aliases/{id}', 'PUT /cost/prices', 'PUT /demo/faults/{name}', 'PUT /recorders/{name}', 'PUT /themes/{id}', 'PUT /themes/{id}/state', 'PUT /views/{id}',
    ]);
  });
  it('names each operation once and declares every parameter of a path', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.values(methods).map((operation) => ({ path, ...operation })));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { path, parameters = [], responses } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(inPath);
      expect(Object.keys(responses).every((status) => /^\d{3}$/.test(status))).toBe(true);
    }
  });
  it('has a target for every reference', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => String(reference));
    expect(references).toContain('#/components/schemas/ApiError');
    for (const reference of references) {
      const target = reference.slice(2).split('/').reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], document);
      expect([reference, typeof target]).toEqual([reference, 'object']);
    }
  });
});

describe('the console', () => {
  it('is served at every page address, never cached', async () => {
    for (const path of ['/', '/tail', '/rules/abc/edit?x=1']) {
      const answer = await server.call('GET', path);
      expect([answer.status, answer.body, answer.headers.get('cache-control')]).toEqual([200, indexHtml, 'no-cache']);
    }
  });
  it('has assets for ever and other files for now', async () => {
    expect((await server.call('GET', '/assets/main-abc123.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await server.call('GET', '/favicon.svg')).headers.get('cache-control')).toBe('public, max-age=0');
  });
  it('gives no page for a file that is not there, and nothing outside its directory', async () => {
    for (const path of ['/assets/gone.js', '/gone.js', '/assets/..%2f..%2fdata%2fsession.key', '/assets/%2e%2e/%2e%2e/data/weir.sqlite', '/..%2fdata%2fsession.key'])
      expect([path, [400, 403, 404].includes((await server.call('GET', path)).status)]).toEqual([path, true]);
    expect(readdirSync(`${server.directory}/data`)).toContain('session.key');
  });
});

describe('refusals', () => {
  const error = async (answer: ReturnType<TestServer['call']>) => { const { status, body } = await answer; return { status, ...apiError.parse(body).error }; };
  it('name the fields that are wrong', async () => {
    const refusal = await error(server.call('POST', '/api/v1/rules', { document: { name: 'No Capitals', kql: '' } }));
    expect(refusal).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(refusal.issues?.map(({ path }) => path).sort()).toEqual(['body.document.kql', 'body.document.name']);
  });
  it('have the one shape for addresses that cannot be read, too', async () => {
    for (const path of ['/%', '/assets/%', `/api/v1/rules/${'x'.repeat(300)}`]) expect(await error(server.call('GET', path))).toMatchObject({ status: 400, code: 'request.address' });
    expect((await server.call('GET', '//')).status).toBe(200);
  });
  it('say what to do', async () => {
    expect(await error(server.call('GET', '/api/v1/nowhere'))).toMatchObject({ status: 404, code: 'route.unknown', help: expect.stringContaining('openapi') as string });
    expect(await error(server.call('GET', '/api/v1/agents/abc'))).toMatchObject({ status: 404, code: 'agent.unknown' });
    expect(await error(server.call('GET', '/api/v1/overview?seconds=soon'))).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(await error(server.call('POST', '/api/v1/rules'))).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(await error(server.call('GET', '/api/v1/demo/faults'))).toMatchObject({ status: 404, code: 'demo.absent' });
  });
});

it('says which port is taken and how to choose another', async () => {
  const taken = new TestServer({ port: server.running.port });
  const failure: unknown = await taken.start().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ServerStartError);
  expect(failure).toMatchObject({ code: 'server.port-taken', message: expect.stringContaining(String(server.running.port)) as string, help: expect.stringMatching(/PORT=\d+ npm start/) as string });
  await taken.remove();
});

describe('the demo shop', () => {
  const faults = [{ name: 'chatty', label: 'Chatty log', description: 'd', on: false }];
  const shop = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.method === 'PUT') {
      (faults[0] as { on: boolean }).on = true;
      request.resume();
    }
    response.end(JSON.stringify({ faults }));
  });
  let withShop: TestServer;
  beforeAll(async () => {
    await new Promise<void>((resolve) => { shop.listen(0, '127.0.0.1', resolve); });
    withShop = await new TestServer({ demoControlUrl: `http://127.0.0.1:${(shop.address() as { port: number }).port}` }).start();
  });
  afterAll(async () => { await withShop.remove(); shop.close(); });

  it('switches a fault and writes it down', async () => {
    expect((await withShop.call('GET', '/api/v1/demo/faults')).body).toMatchObject({ faults: [{ name: 'chatty', on: false }] });
    expect((await withShop.call('PUT', '/api/v1/demo/faults/chatty', { on: true })).body).toMatchObject({ faults: [{ on: true }] });
    expect((await withShop.call('PUT', '/api/v1/demo/faults/nope', { on: true })).status).toBe(404);
    const { entries } = (await withShop.call('GET', '/api/v1/audit')).body as { entries: unknown[] };
    expect(entries).toMatchObject([{ action: 'demo.fault', subject: 'fault:chatty', detail: { before: { on: false }, after: { on: true } } }]);
  });
  it('is said to be unreachable when it is', async () => {
    const gone = await new TestServer({ demoControlUrl: 'http://127.0.0.1:9' }).start();
    expect((await gone.call('GET', '/api/v1/demo/faults')).status).toBe(502);
    await gone.remove();
  });
});
