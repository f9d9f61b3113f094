// The fleet's book stays within its bounds, and says what it is without.
import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { bookVersion } from '../../../mining/index.ts';
import type { Agent } from '../../fleet/index.ts';
import { TemplateExchange, type TemplateExchangeOptions } from './template-exchange.ts';

const agent = { id: 'a'.repeat(32) } as Agent;
const store = { events: { templates: () => Promise.resolve([{ key: 'old', body: { version: bookVersion - 1, isPassed: false, entry: { template: 'an old one' } } }]), changeTemplates: () => Promise.resolve() } };
const hour = 3_600_000;
const words = Array.from({ length: 300 }, (_, i) => `${String.fromCharCode(97 + i % 26, 97 + Math.floor(i / 26))}lling`);
const book = (from: number, to: number): Uint8Array => encodeUtf8(JSON.stringify({ version: bookVersion, templates: words.slice(from, to).map((word) => ({ template: `${word} of it has ended` })), passed: [] }));

it('forgets what was told long ago when room grows short, counts what it had no room for, and what another version stored', async () => {
  const exchange = new TemplateExchange({ fleet: { connectedWeirAgents: [], sendCustom: () => true }, store, bounds: { maxTemplates: 100 } } as unknown as TemplateExchangeOptions);
  await exchange.load();
  expect(exchange.outdated).toBe(1);
  exchange.tick(hour);
  exchange.take(agent, book(0, 200));
  expect(exchange.withoutRoom).toBeGreaterThan(90);
  const held = (): readonly string[] => exchange.wire.templates.map(({ template }) => template);
  for (let now = hour; now < 30 * hour; now += hour / 6) exchange.tick(now);
  exchange.take(agent, book(200, 220));
  exchange.tick(31 * hour);
  for (const word of words.slice(200, 220)) expect(held()).toContain(`${word} of it has ended`);
  expect(held().length).toBeLessThanOrEqual(100);
});
