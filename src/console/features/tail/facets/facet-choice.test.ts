import { describe, expect, it } from 'vitest';
import { choiceInUrl, facetFilters, onlyValue, toggled } from './facet-choice.ts';

const nothing = { off: {}, only: {} };

describe('the choice of facet values', () => {
  it('hides and shows by name', () => {
    const hidden = toggled(nothing, 'ServiceName', 'cart', false);
    expect(hidden).toEqual({ off: { ServiceName: ['cart'] }, only: {} });
    expect(toggled(hidden, 'ServiceName', 'cart', true)).toEqual(nothing);
  });
  it('"only" takes the place of what was unticked in that field, and of no other', () => {
    expect(onlyValue({ off: { ServiceName: ['checkout'], Agent: ['a'] }, only: {} }, 'ServiceName', 'cart')).toEqual({ off: { Agent: ['a'] }, only: { ServiceName: ['cart'] } });
  });
  it('adds to "only" and takes from it; the last one taken shows all', () => {
    const one = onlyValue(nothing, 'ServiceName', 'cart');
    const two = toggled(one, 'ServiceName', 'checkout', true);
    expect(two.only).toEqual({ ServiceName: ['cart', 'checkout'] });
    expect(toggled(toggled(two, 'ServiceName', 'cart', false), 'ServiceName', 'checkout', false)).toEqual(nothing);
  });
  it('sends one filter a field, even for a link that holds both', () => {
    expect(facetFilters({ off: { ServiceName: ['x'], Agent: ['a'] }, only: { ServiceName: ['cart'] } })).toEqual([{ field: 'Agent', excluded: ['a'] }, { field: 'ServiceName', excluded: [], only: ['cart'] }]);
  });
  it('leaves the URL bare when nothing is chosen', () => expect(choiceInUrl(nothing)).toEqual({ off: undefined, only: undefined }));

  it('is of fields that are called as what every object has, too', () => {
    const hidden = toggled(nothing, 'constructor', 'a', false);
    expect([hidden, facetFilters(hidden)]).toEqual([{ off: { constructor: ['a'] }, only: {} }, [{ field: 'constructor', excluded: ['a'] }]]);
  });
});
