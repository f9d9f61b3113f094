import { describe, expect, it } from 'vitest';
import { fieldName, followingFilter, keyOf, placeOf, tailFilter, typeShares } from './event-words.ts';
import { templateParts } from './template-parts.ts';

const named = (source: 'event-name' | 'template' | 'folded', durableId: string) => ({ signal: 'logs', service: 'cart', durableId, source }) as const;

describe('words of an event', () => {
  it('finds it by its names where it has some, whatever is in them, else by its id', () => {
    expect(tailFilter(named('event-name', 'a"b\\c\nd'))).toBe(String.raw`event("a\"b\\c\nd")`);
    expect(tailFilter(named('template', 't-00'))).toBe('DurableId == "t-00"');
    expect(tailFilter(named('folded', 'rest'))).toBeNull();
    expect(followingFilter(named('event-name', 'CheckoutStarted'))).toBe('event("CheckoutStarted")');
    expect(followingFilter(named('template', 't-00'))).toBe('DurableId == "t-00"');
  });

  it('reads a place in the code, also one without a line', () => {
    expect(placeOf('src/queue/worker.ts:57')).toEqual({ file: 'src/queue/worker.ts', line: 57 });
    expect(placeOf('C:\\app\\main.ts')).toEqual({ file: 'C:\\app\\main.ts', line: 0 });
  });

  it('names fields by where they are', () => {
    expect([['attribute', 'cart.id'], ['body', ''], ['body', 'user.id'], ['resource', 'host.name'], ['scope', 'lib']].map(([place, key]) => fieldName({ place: place as 'body', key: key! }))).toEqual(['cart.id', 'Body', 'Body.user.id', 'Resource.host.name', 'Scope.lib']);
  });

  it('orders types by how often they were seen', () => expect(typeShares({ long: 1, string: 3 })).toEqual([{ type: 'string', share: 0.75 }, { type: 'long', share: 0.25 }]));
  it('keeps events apart whose parts only look alike', () => expect(keyOf({ signal: 'logs', service: 'a b', durableId: 'c' })).not.toBe(keyOf({ signal: 'logs', service: 'a', durableId: 'b c' })));
  it('marks the variables of a template and loses nothing', () => {
    expect(templateParts('took <*> ms for blk_<*>').map(part => [part.text, part.variable])).toEqual([['took ', false], ['<*>', true], [' ms for blk_', false], ['<*>', true]]);
    expect(templateParts('').length).toBe(0);
  });
});
