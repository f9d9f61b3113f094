import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMockServer, problem } from '../../../mocks/index.ts';
import { session } from '../../model/index.ts';
import { request } from './client.ts';
import { ApiFailure, explainFailure } from './errors.ts';

const { server } = createMockServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const failureOf = async (path = '/session'): Promise<ApiFailure> => {
  const error: unknown = await request(path, session).then(() => null, (reason: unknown) => reason);
  if (!(error instanceof ApiFailure)) throw new Error(`expected an ApiFailure, got ${String(error)}`);
  return error;
};

describe('request', () => {
  it('parses what the schema knows', async () => expect(await request('/session', session)).toMatchObject({ environment: 'mock', demo: true }));

  it('carries the server’s words, help and issues', async () => {
    server.use(http.get('*/api/v1/session', () => problem(400, 'invalid-rule', 'The rule was not saved', 'Nothing was changed.', [{ path: 'document.name', message: 'Too long.' }])));
    const failure = await failureOf();
    expect(failure).toMatchObject({ kind: 'refused', status: 400, code: 'invalid-rule' });
    expect(explainFailure(failure)).toMatchObject({ title: 'The rule was not saved', help: 'Nothing was changed. document.name: Too long.' });
  });

  it('knows an ended session, a server fault, a lost server and an unknown shape apart', async () => {
    const kinds: string[] = [];
    for (const answer of [() => problem(401, 'unauthorized', 'Sign in'), () => new HttpResponse('<html>', { status: 502 }), () => HttpResponse.error(), () => HttpResponse.json({ user: 1 })]) {
      server.use(http.get('*/api/v1/session', answer));
      kinds.push((await failureOf()).kind);
    }
    expect(kinds).toEqual(['unauthorized', 'server', 'offline', 'unreadable']);
  });

  it('keeps what a validator said out of the message, and in the details', async () => {
    server.use(http.get('*/api/v1/session', () => HttpResponse.json({ user: 1 })));
    const { title, help, details } = explainFailure(await failureOf());
    expect(`${title} ${help}`).not.toMatch(/invalid_type|expected|[{[\]]/);
    expect(help).toBe('Page and server are probably of different versions: reload the page.');
    expect(details).toMatch(/invalid_type/);
  });

  it('tells a rule’s error once: the message has it, the diagnostics say where', async () => {
    const diagnostics = [{ severity: 'error', code: 'KS142', message: 'Unknown column Evt.', start: 20, end: 23, path: ['kql'] }];
    server.use(http.get('*/api/v1/session', () => HttpResponse.json({ error: { code: 'rule.does-not-compile', message: 'Version 2 has an error: Unknown column Evt.', help: 'Correct it.', issues: [{ path: 'document.kql', message: 'Unknown column Evt.' }], diagnostics } }, { status: 422 })));
    const failure = await failureOf();
    expect(failure.diagnostics).toEqual(diagnostics);
    expect(explainFailure(failure)).toMatchObject({ title: 'Version 2 has an error: Unknown column Evt.', help: 'Correct it.' });
  });
});
