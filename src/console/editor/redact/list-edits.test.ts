import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looseFields } from '../../../rules/index.ts';
import { inserted, movedOrder, reordered } from './list-edits.ts';

const text = `kind: redaction-policy
name: x

entries:
  # tokens first
  - key: auth.*   # wide
    do: remove

  - { key: user.email, do: hash }
  - do: ignore
    detectors: [uuid]
    # nobody reads these
    reason: "ids"
# the end
`;
const entries = (of: string | null) => ((looseFields(of ?? '') ?? {})['entries'] as readonly { readonly do: string }[]).map((entry) => entry.do);

describe('entries of a list', () => {
  it('move with their comments and layout', () => {
    expect(reordered(text, ['entries'], [1, 0, 2])).toBe(`kind: redaction-policy
name: x

entries:
  - { key: user.email, do: hash }

  # tokens first
  - key: auth.*   # wide
    do: remove
  - do: ignore
    detectors: [uuid]
    # nobody reads these
    reason: "ids"
# the end
`);
    expect(reordered(reordered(text, ['entries'], [1, 0, 2])!, ['entries'], [1, 0, 2])).toBe(text);
  });

  it('are written anew where they share a line', () => {
    const flow = 'name: x # stays\nentries: [{ do: mask, key: a }, { do: hash, key: b }]\n';
    const after = reordered(flow, ['entries'], [1, 0]);
    expect(entries(after)).toEqual(['hash', 'mask']);
    expect(after).toContain('# stays');
  });

  it('take a new one in front', () => {
    expect(entries(inserted(text, ['entries'], 0, { key: 'a', do: 'drop' }))).toEqual(['drop', 'remove', 'hash', 'ignore']);
    expect(inserted(text, ['entries'], 0, { key: 'a', do: 'drop' })).toContain('auth.*   # wide');
    expect(entries(inserted('name: x\n', ['entries'], 0, { do: 'mask' }))).toEqual(['mask']);
  });

  it('of a text that is no document stay', () => expect(reordered('a: [', ['entries'], [0])).toBeNull());

  it('come out in the order that was asked for', () => {
    fc.assert(fc.property(fc.array(fc.record({ name: fc.stringMatching(/^[a-z]{1,6}$/), flow: fc.boolean(), comment: fc.boolean() }), { minLength: 1, maxLength: 7 }).chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list.map((_, i) => i), { minLength: list.length }))), ([list, order]) => {
      const lines = list.map(({ name, flow, comment }) => `${comment ? `  # of ${name}\n` : ''}  - ${flow ? `{ n: ${JSON.stringify(name)}, x: 1 }` : `n: ${JSON.stringify(name)}\n    x: 1`}`);
      const after = reordered(`entries:\n${lines.join('\n')}\n`, ['entries'], order);
      expect(looseFields(after ?? '')).toEqual({ entries: order.map((index) => ({ n: list[index]!.name, x: 1 })) });
    }), { numRuns: 60 });
  });

  it('know where a move leads', () => expect([movedOrder(4, 0, 2), movedOrder(4, 3, 1)]).toEqual([[1, 2, 0, 3], [0, 3, 1, 2]]));
});
