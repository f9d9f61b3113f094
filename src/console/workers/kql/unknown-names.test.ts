import { expect, it } from 'vitest';
import type { KnownNames } from './name-items.ts';
import { unknownNames } from './unknown-names.ts';

const all = ['checkout.started', 'LogLaunch', 't-00000000000000aa'];
const known: KnownNames = { fields: () => Promise.resolve(['uid', 'user.id']), events: (begun) => Promise.resolve(all.filter((name) => name.includes(begun)).map((name) => ({ name, detail: '', documentation: '' }))) };
const live = [{ name: 'order.total', column: 'Attributes', type: 'real', presence: 1, distinct: 1, examples: [] }] as const;
const said = async (text: string, names: KnownNames | null = known) => (await unknownNames(text, names, live)).map(({ severity, message, help, start, end, fixes }) => [severity, text.slice(start, end), message, help, fixes?.[0]?.edits[0]?.text]);

it('a name that nothing bears is a warning at its place, with the one that was meant', async () => {
  expect(await said("Logs | where event( 'LogLaunc' ) and event(\"NoSuch\")")).toEqual([
    ['warning', "'LogLaunc'", 'No event called LogLaunc has been seen.', 'Did you mean LogLaunch?', '"LogLaunch"'],
    ['warning', '"NoSuch"', 'No event called NoSuch has been seen.', 'It may come later; nothing matches until then.', undefined],
  ]);
  expect(await said('field("order.totl") > 3')).toEqual([['warning', '"order.totl"', 'No record seen lately has a field order.totl.', 'Did you mean order.total?', '"order.total"']]);
});

it('names that are known, renamed, or only look like one are left alone, and everything while nothing is known', async () => {
  expect(await said('event("LogLaunch") and event("t-00000000000000bb") and field("order.total") == 1 and field("uid") == 2 and field("far.away") == 3')).toEqual([]);
  expect(await said('Body has "event(\\"NoSuch\\")" // event("NoSuch")\nand my.event("NoSuch")')).toEqual([]);
  for (const names of [null, { ...known, events: () => Promise.resolve([]) }, { ...known, events: () => Promise.reject(new Error('offline')) }]) expect(await said('event("NoSuch")', names)).toEqual([]);
});
