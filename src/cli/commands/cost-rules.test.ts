// Rules that `weir cost --suggest` prints compile, whatever the fields of an event are called.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startingPrices, suggest } from '../../cost/index.ts';
import { anyEvent } from '../../cost/testing/any-event.test.ts';
import { event, field } from '../../cost/testing/events.ts';
import { loadKqlLanguage } from '../../server/index.ts';

test('every suggested rule compiles', async () => {
  const language = await loadKqlLanguage();
  const kinds = new Set<string>();
  fc.assert(fc.property(anyEvent, (event) => {
    for (const { kind, rule: { kql } } of suggest([event], startingPrices, { leastShare: 0 })) {
      kinds.add(kind);
      expect(language.compile(kql, { mode: 'rule' }).diagnostics.filter(({ severity }) => severity === 'error'), kql).toEqual([]);
    }
  }), { numRuns: 100 });
  expect(kinds.size).toBeGreaterThan(3);
}, 120_000);

test.each(['Count', 'ServiceName', 'Timestamp', 'Body', 'count', 'by', 'a b', 'say "x"', '支付', '__proto__'])('a metric compiles where an attribute is called %s', async (key) => {
  const of = event('Checkout', { received: { recordsPerSecond: 200, bytesPerSecond: 60_000 }, fields: [field(key, { distinct: 4 }), field('route', { distinct: 4 })] });
  const draft = suggest([of], startingPrices).find(({ kind }) => kind === 'to-metric')!;
  expect((await loadKqlLanguage()).compile(draft.rule.kql, { mode: 'rule' }).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});
