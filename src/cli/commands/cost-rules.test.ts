// Rules that `weir cost --suggest` prints compile, whatever the fields of an event are called.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startingPrices, suggest } from '../../cost/index.ts';
import { anyEvent } from '../../cost/testing/any-event.test.ts';
import { loadKqlLanguage } from '../../server/index.ts';

test('every suggested rule compiles', async () => {
  const language = await loadKqlLanguage();
  const kinds = new Set<string>();
  fc.assert(fc.property(anyEvent, (event) => {
    for (const { kind, rule: { kql } } of suggest([event], startingPrices, { leastShare: 0 })) {
      kinds.add(kind);
      expect(language.compile(kql, { mode: 'rule' }).diagnostics.filter(({ severity }) => severity === 'error'), kql).toEqual([]);
    }
  }), { numRuns: 60 });
  expect([...kinds]).toContain('to-metric');
}, 120_000);
