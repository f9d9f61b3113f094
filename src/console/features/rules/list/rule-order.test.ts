// The order of the list is that of the agents' pipeline, and a move ends where it was seen to, with the fewest new numbers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPipeline } from '../../../../engine/index.ts';
import { planVersion, type Sink } from '../../../../kql/index.ts';
import { inOrder, moved, tied, whyNotThere } from './rule-order.ts';

type Rule = ReturnType<typeof rule>;
const rule = (id: string, order: number, sink = 'drop', latestVersion = 1) => ({ id, name: `name-of-${id}`, order, sink, state: 'deployed' as const, deployedVersion: 1, latestVersion });
const ids = (rules: readonly { readonly id: string }[]) => rules.map(({ id }) => id);
const applied = (rules: readonly Rule[], changes: ReturnType<typeof moved>) => ids(inOrder(rules.map((one) => ({ ...one, order: changes.find(({ id }) => id === one.id)?.order ?? one.order }))));

/** Few numbers, so that many are equal, and both ends of the range; ids whose order is not that of the names. */
const someRules = fc.uniqueArray(fc.record({ id: fc.string({ unit: fc.constantFrom(...'0123ab'), minLength: 1, maxLength: 4 }), order: fc.oneof(fc.constantFrom(0, 1, 2, 100, 100, 100, 9999, 10_000), fc.integer({ min: 0, max: 10_000 })), sink: fc.constantFrom('drop', 'drop', 'drop', 'redact'), latestVersion: fc.constantFrom(1, 1, 1, 1, 2) }), { selector: ({ id }) => id, minLength: 2, maxLength: 14 })
  .map((given) => inOrder(given.map(({ id, order, sink, latestVersion }) => rule(id, order, sink, latestVersion))));

describe('the order of the list', () => {
  it('is the one in which agents run the rules', () => {
    const sinks: Readonly<Record<string, Sink>> = { drop: { sink: 'drop' }, redact: { sink: 'redact', detectors: ['*'], mode: 'mask' } };
    fc.assert(fc.property(someRules, fc.nat(), (rules, seed) => {
      const pipeline = createPipeline({ clock: { nowUnixNano: () => 1n, monotonicMs: () => 0 }, resource: {}, recorderBytes: 1, maxGroups: 1 });
      const shuffled = rules.toSorted((a, b) => ((a.id.length * 7 + seed) % 5) - ((b.id.length * 7 + seed) % 5));
      const taken = pipeline.replaceRules(shuffled.map(({ id, name, order, sink }) => ({ id, name, version: 1, order, plan: { version: planVersion, table: 'Logs', operators: [], sink: sinks[sink]! } })));
      expect(taken.ok).toBe(true);
      expect(ids(inOrder(shuffled))).toEqual(ids(pipeline.stats()));
    }));
  });

  it('knows whose place their id settles', () => {
    expect([...tied([rule('a', 100), rule('b', 100), rule('c', 90), rule('r', 90, 'redact')])]).toEqual(['a', 'b']);
  });
});

describe('moving a rule', () => {
  it('changes its own number only, when there is room', () => {
    expect(moved([rule('a', 100), rule('b', 110), rule('c', 120)], 'c', 'b')).toEqual([{ id: 'c', order: 105 }]);
    expect(moved([rule('a', 100), rule('b', 110)], 'a', null)).toEqual([{ id: 'a', order: 120 }]);
  });

  it('leaves bystanders of the same number alone', () => {
    const rules = [rule('a', 100), rule('b', 100), rule('c', 100), rule('d', 100)];
    expect(moved(rules, 'd', 'a')).toEqual([{ id: 'd', order: 49 }]);
    expect(moved(rules, 'a', null)).toEqual([{ id: 'a', order: 110 }]);
    // Between two equal ones an id that does not fit needs its neighbours' help: of one only.
    expect(moved(rules, 'd', 'b')).toHaveLength(2);
  });

  it('moves followers only as far as needed when there is no room', () => {
    expect(moved([rule('x', 1), rule('a', 2), rule('b', 3), rule('m', 3)], 'm', 'a')).toEqual([{ id: 'm', order: 2 }, { id: 'a', order: 3 }]);
    // An equal number does where ids come in the right order.
    expect(moved([rule('a', 1), rule('b', 2), rule('c', 3)], 'c', 'b')).toEqual([{ id: 'c', order: 1 }]);
  });

  it('keeps redaction first', () => {
    const rules = inOrder([rule('drop', 1), rule('hide', 500, 'redact')]);
    expect(ids(rules)).toEqual(['hide', 'drop']);
    expect(whyNotThere(rules, 'drop', 'hide')).toMatch(/Redaction always runs first/);
    expect(whyNotThere(rules, 'hide', null)).toMatch(/Redaction always runs first/);
    expect(moved(rules, 'drop', 'hide')).toEqual([]);
  });

  it('goes around a rule whose saved edits are not deployed, and says so where it cannot', () => {
    const around = [rule('a', 1), rule('b', 2, 'drop', 2), rule('c', 3)];
    expect(moved(around, 'c', 'b').some(({ id }) => id === 'b')).toBe(false);
    expect(whyNotThere([rule('a', 0, 'drop', 2), rule('b', 1, 'drop', 2)], 'b', 'a')).toMatch(/^name-of-. would need a new order/);
  });

  const aMove = fc.tuple(someRules, fc.nat(), fc.nat()).map(([rules, from, to]) => ({ rules, id: rules[from % rules.length]!.id, before: to % (rules.length + 1) === rules.length ? null : rules[to % rules.length]!.id }));

  it('ends where it was put, everyone else as before, and no number leaves its bounds', () => {
    let done = 0;
    fc.assert(fc.property(aMove, ({ rules, id, before }) => {
      fc.pre(id !== before && whyNotThere(rules, id, before) === null);
      done++;
      const changes = moved(rules, id, before);
      const others = ids(rules).filter((one) => one !== id);
      const at = before === null ? others.length : others.indexOf(before);
      expect(applied(rules, changes)).toEqual([...others.slice(0, at), id, ...others.slice(at)]);
      for (const { order } of changes) expect(order >= 0 && order <= 10_000).toBe(true);
      for (const change of changes) expect(rules.find((one) => one.id === change.id)).toMatchObject({ latestVersion: 1 });
      if (applied(rules, []).join() === applied(rules, changes).join()) expect(changes).toEqual([]);
    }), { numRuns: 2000 });
    expect(done).toBeGreaterThan(500);
  });

  it('touches no more rules than any other way to the same order would', () => {
    const few = fc.tuple(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 2 }), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 5, maxLength: 5 }), fc.nat(), fc.nat());
    fc.assert(fc.property(few, ([names, orders, from, to]) => {
      const rules = inOrder(names.map((id, i) => rule(id, orders[i]!)));
      const id = rules[from % rules.length]!.id;
      const before = to % (rules.length + 1) === rules.length ? null : rules[to % rules.length]!.id;
      const changes = moved(rules, id, before);
      const goal = applied(rules, changes).join();
      for (const kept of subsets(rules)) if (kept.length > rules.length - changes.length) expect(reachable(rules, kept, goal)).toBe(false);
    }), { numRuns: 200 });
  });
});

function* subsets(rules: readonly Rule[]): Generator<readonly Rule[]> {
  for (let mask = 0; mask < 2 ** rules.length; mask++) yield rules.filter((_, i) => (mask & (1 << i)) !== 0);
}

/** Whether some numbers for all others make this order: each in turn gets the lowest that it can have. */
function reachable(rules: readonly Rule[], kept: readonly Rule[], goal: string): boolean {
  let last = { order: 0, id: '' };
  for (const id of goal.split(',')) {
    const keeps = kept.find((one) => one.id === id);
    const next = keeps ?? { id, order: last.id < id ? last.order : last.order + 1 };
    if (next.order < last.order || (next.order === last.order && next.id < last.id)) return false;
    last = next;
  }
  return rules.length > 0;
}
