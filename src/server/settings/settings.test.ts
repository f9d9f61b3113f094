import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditList } from '../../model/index.ts';
import { TestServer } from '../testing/test-server.ts';

const server = new TestServer();
beforeAll(() => server.start());
afterAll(() => server.remove());
const cost = async () => (await server.call('GET', '/api/v1/settings/cost')).body;

it('what telemetry costs is unknown until somebody says; a change is audited once', async () => {
  expect(await cost()).toEqual({ pricePerGiB: null, currency: 'EUR' });
  for (let i = 0; i < 2; i++) expect((await server.call('PUT', '/api/v1/settings/cost', { pricePerGiB: 0.3, currency: 'USD' })).body).toEqual({ pricePerGiB: 0.3, currency: 'USD' });
  expect(await cost()).toEqual({ pricePerGiB: 0.3, currency: 'USD' });
  expect((await server.call('PUT', '/api/v1/settings/cost', { pricePerGiB: -1, currency: 'USD' })).status).toBe(400);
  const { entries } = auditList.parse((await server.call('GET', '/api/v1/audit')).body);
  expect(entries).toMatchObject([{ action: 'settings.cost', subject: 'settings:cost', actor: 'local', detail: { before: { pricePerGiB: null }, after: { pricePerGiB: 0.3 } } }]);
});
