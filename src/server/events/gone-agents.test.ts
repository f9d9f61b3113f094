import { expect, test } from 'vitest';
import type { Agent } from '../fleet/index.ts';
import { GoneAgents } from './gone-agents.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 4, 10);
const agent = (id: string, awayMs: number, connected = false): Agent => ({ id, connection: connected ? {} : null, lastSeenAt: new Date(now - awayMs).toISOString() }) as unknown as Agent;

test('forgets those that are away for a day, one at a time, and again when they were back', () => {
  const forgotten: string[] = [];
  const agents = [agent('old', 25 * hour), agent('older', 50 * hour), agent('away', hour), agent('here', 30 * hour, true)];
  const gone = new GoneAgents({ agents }, (id) => { forgotten.push(id); });
  gone.tick(now);
  expect(forgotten).toHaveLength(1);
  for (let i = 1; i < 200; i++) gone.tick(now + i * 1000);
  expect(forgotten.toSorted()).toEqual(['old', 'older']);
  gone.met(agents[0]!);
  for (let i = 200; i < 400; i++) gone.tick(now + i * 1000);
  expect(forgotten.filter((id) => id === 'old')).toHaveLength(2);
});
