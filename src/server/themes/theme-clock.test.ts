// Toggle themes by the clock: back by themselves, and what their schedules say.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TemplateMiner } from '../../mining/index.ts';
import type { ThemeInput, ThemeView } from '../../model/index.ts';
import { RuleService } from '../rules/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { FakeCompiler } from '../testing/fake-compiler.ts';
import { Themes } from './index.ts';

const person = { user: 'ada' };
/** A Monday, 08:00 in Berlin. */
const startMs = Date.parse('2026-06-15T06:00:00Z');
const input: ThemeInput = { name: 'details', description: '', members: [{ name: 'a', service: null }], offKeepPerMille: 250, schedule: [] };
const office: ThemeInput['schedule'] = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', zone: 'Europe/Berlin', state: 'off' }];

let nowMs = startMs;
let store: Store;
let compiler: FakeCompiler;
let themes: Themes;
let errors: unknown[];
let cost: { perMonth: number; currency: string } | null | Error = null;

async function open(): Promise<void> {
  let ids = 0;
  const common = { store, nowMs: () => nowMs, newId: () => `id-${++ids}-${themes === undefined ? 0 : 1}`, onError: (error: unknown) => { errors.push(error); } };
  const rules = new RuleService({ ...common, compiler, isBroken: () => false, onExpired: () => undefined, target: { publish: () => undefined, totalsOf: () => null, templatesOf: () => new TemplateMiner().partOf([]) } });
  await rules.load();
  themes = new Themes({ ...common, rules, costOf: () => (cost instanceof Error ? Promise.reject(cost) : Promise.resolve(cost)), events: () => [{ signal: 'logs', service: 'shop', durableId: 'A', severities: new Map([[9, {}], [17, {}]]) }, { signal: 'spans', service: 'shop', durableId: 'b' }], book: () => ({ events: { a: [{ name: 'A', service: null }, { name: 'a', service: null }] }, fields: {} }) });
  await themes.load();
}
beforeEach(async () => { nowMs = startMs; errors = []; cost = null; compiler = new FakeCompiler(); store = await openStore(':memory:'); await open(); });
afterEach(() => store.close());

async function created(more: Partial<ThemeInput> = {}): Promise<string> {
  const made = await themes.create({ ...input, ...more }, person);
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}
async function advance(ms: number): Promise<ThemeView> {
  nowMs += ms;
  themes.tick();
  await themes.settled();
  return (await themes.list())[0]!;
}
const turn = (id: string, state: 'on' | 'off', forMs: number | null = null) => themes.switch(id, { state, forMs, reason: '' }, person);
const minute = 60_000;
const hour = 60 * minute;

it('switched for a while it goes back by itself, over a restart too; longer is longer', async () => {
  const id = await created();
  expect(await turn(id, 'off', minute)).toMatchObject({ value: { state: 'off', back: { state: 'on', at: '2026-06-15T06:01:00.000Z' } } });
  expect(await advance(30_000)).toMatchObject({ state: 'off' });
  expect(await turn(id, 'off', minute)).toMatchObject({ value: { back: { state: 'on', at: '2026-06-15T06:01:30.000Z' } } });
  expect(await advance(40_000)).toMatchObject({ state: 'off' });
  await open();
  expect(await advance(19_999)).toMatchObject({ state: 'off' });
  expect(await advance(1)).toMatchObject({ state: 'on', back: null, changedBy: 'weir' });
  expect((await store.audit.list(5)).find(({ subject }) => subject === `theme:${id}`)).toMatchObject({ action: 'theme.switch-on', actor: 'weir', detail: { reason: 'its time is over' } });
});

it('a while begins when it is in force, however long that took; a schedule that is saved is asked at once', async () => {
  const id = await created();
  const { check } = compiler;
  compiler.check = async (text) => { nowMs += 25_000; return check.call(compiler, text); };
  const switched = await turn(id, 'off', minute);
  compiler.check = check;
  expect(nowMs).toBeGreaterThan(startMs);
  expect(switched).toMatchObject({ value: { back: { at: new Date(nowMs + minute).toISOString() } } });
  nowMs = startMs + hour + minute;
  await advance(0);
  await themes.change(id, { ...input, schedule: office }, person);
  expect(await advance(1000)).toMatchObject({ state: 'off' });
});

it('a word that stays ends a while, and so does going back by hand', async () => {
  const id = await created();
  await turn(id, 'off', minute);
  expect(await turn(id, 'off')).toMatchObject({ value: { back: null } });
  expect(await advance(hour)).toMatchObject({ state: 'off' });
  await turn(id, 'on', minute);
  await turn(id, 'off');
  expect(await advance(hour)).toMatchObject({ state: 'off', back: null });
});

it('a while that is what it is anyway changes nothing', async () => {
  const id = await created();
  expect(await turn(id, 'on', minute)).toMatchObject({ value: { state: 'on', back: null } });
});

it('a schedule switches it, and when no entry holds any more it is the other state; a hand holds until then', async () => {
  const id = await created({ schedule: office });
  expect(await advance(0)).toMatchObject({ state: 'on' });
  expect(await advance(hour)).toMatchObject({ state: 'off' });
  await turn(id, 'on');
  expect(await advance(hour)).toMatchObject({ state: 'on' });
  await turn(id, 'off');
  expect(await advance(6 * hour + 59 * minute)).toMatchObject({ state: 'off' });
  expect(await advance(minute)).toMatchObject({ state: 'on', changedBy: 'weir' });
  await turn(id, 'off');
  expect(await advance(hour)).toMatchObject({ state: 'off' });
});

it('what the schedule said while the server was down is done at its start; a new schedule begins anew', async () => {
  const id = await created({ schedule: office });
  await advance(hour);
  nowMs += 9 * hour;
  await open();
  expect(await advance(0)).toMatchObject({ state: 'on' });
  nowMs = startMs + 25 * hour;
  expect(await advance(0)).toMatchObject({ state: 'off' });
  await themes.change(id, { ...input, schedule: [] }, person);
  expect(await advance(12 * hour)).toMatchObject({ state: 'off' });
});

it('what cannot be switched is told, and tried again', async () => {
  const id = await created();
  await turn(id, 'off', minute);
  await store.settings.set('x', 'y');
  const [one] = await themes.list();
  compiler.broken = true;
  await themes.change(id, { ...input, offKeepPerMille: 1 }, person);
  compiler.broken = false;
  expect(one).toMatchObject({ state: 'off' });
  expect(await advance(minute)).toMatchObject({ state: 'on' });
  compiler.broken = true;
  expect(await turn(id, 'off')).toMatchObject({ ok: false, error: { code: 'compiler.unavailable' } });
  await themes.change(id, { ...input, schedule: office }, person);
  compiler.broken = false;
  await themes.change(id, { ...input, schedule: office }, person);
  compiler.broken = true;
  await advance(hour);
  expect(errors.map(String)).toEqual([expect.stringContaining('The theme details could not be switched off, which is tried again in a minute')]);
  compiler.broken = false;
  expect(await advance(minute)).toMatchObject({ state: 'off' });
});

it('tells what each state costs, and which members nobody sends under any of their names', async () => {
  cost = { perMonth: 400, currency: 'EUR' };
  await created({ members: [{ name: 'a', service: null }, { name: 'a', service: 'cart' }, { name: 'b', service: null }] });
  expect((await themes.list())[0]).toMatchObject({ costOn: 400, costOff: 100, currency: 'EUR', unknownMembers: ['a', 'b'], membersWithErrors: ['a'] });
});

it('costs that cannot be measured take no theme away', async () => {
  cost = new Error('not now');
  const made = await themes.create({ name: 'p', description: '', members: [{ name: 'a', service: null }], offKeepPerMille: 0, schedule: [] }, { user: 'ada' });
  expect(made).toMatchObject({ ok: true, value: { name: 'p', costOn: null, costOff: null } });
  expect((await themes.list()).map(({ name }) => name)).toEqual(['p']);
  expect(errors).toEqual([cost, cost]);
});
