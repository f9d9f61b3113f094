import { expect, test } from 'vitest';
import { planVersion, type Expr, type Plan, type Sink } from '../../../kql/index.ts';
import { defaultBounds, type NameBook } from '../../../model/index.ts';
import type { CompiledRule } from '../../../rules/index.ts';
import { machinePlanVersion } from '../../../engine/index.ts';
import { NameUsers, usersOf, type EventKey, type NameSources, type RuleUser } from './index.ts';

const column = (name: string): Expr => ({ k: 'column', type: 'string', name });
const text = (value: string): Expr => ({ k: 'literal', type: 'string', value });
const call = (fn: string, ...args: Expr[]): Expr => ({ k: 'call', type: 'bool', fn, args });
const event = (name: string): Expr => call('event', text(name));
const attribute = (name: string): Expr => ({ k: 'member', type: 'dynamic', base: column('Attributes'), key: text(name) });
const named = (name: string, is = 'EventName'): Expr => call('==', column(is), text(name));

const planOf = (predicate: Expr, sink: Sink = { sink: 'drop' }, table: Plan['table'] = 'Logs'): Plan => ({ version: planVersion, table, operators: [{ op: 'where', predicate }], sink });
const common = { location: 'on-box', order: 100, targets: null, bounds: defaultBounds, expiresAfterMs: null } as const;
const rule = (id: string, predicate: Expr, sink?: Sink, more: Partial<CompiledRule> = {}): RuleUser => ({ id, name: id, compiled: { ...common, name: id, kind: 'query', plan: planOf(predicate, sink), ...more } as CompiledRule });
const none: NameSources = { book: { events: {}, fields: {} }, rules: [], views: [], themes: [], recorders: [] };
const checkout: EventKey = { signal: 'logs', service: 'shop', durableId: 'checkout.started' };
const idsOf = (sources: Partial<NameSources>, of = checkout): string[] => usersOf(of, { ...none, ...sources }).map(({ id, follows }) => `${id} ${follows ? 'follows' : 'breaks'}`);

test('who names the event in its own words breaks with a rename, who says event() follows; those that break come first', () => {
  const rules = [rule('b', event('checkout.started')), rule('a', named('checkout.started')), rule('c', named('checkout.started', 'DurableId')), rule('d', named('other')), rule('e', call('!in', column('EventName'), text('x'), text('checkout.started')))];
  expect(idsOf({ rules })).toEqual(['a breaks', 'c breaks', 'e breaks', 'b follows']);
  expect(usersOf(checkout, { ...none, rules })[0]).toEqual({ kind: 'rule', id: 'a', name: 'a', by: 'EventName == "checkout.started"', fields: [], follows: false });
});

test('a former name is the event too, in the service that it was renamed in', () => {
  const all = [{ name: 'checkout.started', service: null }, { name: 'CheckoutStarted', service: 'shop' }];
  const book: NameBook = { events: { CheckoutStarted: [...all].reverse().map(({ name }) => ({ name, service: name === 'CheckoutStarted' ? null : 'shop' })), 'checkout.started': all }, fields: {} };
  const rules = [rule('former', event('CheckoutStarted')), rule('words', named('CheckoutStarted'))];
  expect(idsOf({ book, rules })).toEqual(['former follows']);
  expect(idsOf({ book, rules }, { ...checkout, service: 'cart' })).toEqual([]);
});

test('ids of templates are followed wherever they are compared', () => {
  const [old, now] = [`t-${'a'.repeat(16)}`, `t-${'b'.repeat(16)}`];
  const book: NameBook = { events: { [old]: [{ name: now, service: null }, { name: old, service: null }] }, fields: {} };
  expect(idsOf({ book, rules: [rule('r', named(old, 'DurableId'))] }, { ...checkout, durableId: now })).toEqual(['r follows']);
});

test('a pin to another service, in the rule, around the name, or in its targets, is another event', () => {
  const service = (name: string): Expr => named(name, 'ServiceName');
  const rules = [
    rule('around', call('or', call('and', event('checkout.started'), service('cart')), event('x'))), rule('here', call('and', service('shop'), event('checkout.started'))),
    rule('targets', event('checkout.started'), undefined, { targets: planOf(service('cart')) }), rule('either', call('and', call('in', column('ServiceName'), text('shop'), text('cart')), event('checkout.started'))),
  ];
  expect(idsOf({ rules })).toEqual(['either follows', 'here follows']);
});

test('patterns name every event that they hold for', () => {
  const rules = ['startswith checkout', '!startswith CHECKOUT', 'startswith_cs Checkout', 'has started', 'has start', 'hasprefix start', 'contains out.st', '=~ Checkout.Started'].map((words) => { const [fn, of] = words.split(' '); return rule(words, call(fn!, column('EventName'), text(of!))); });
  expect(idsOf({ rules })).toEqual(['!startswith CHECKOUT', '=~ Checkout.Started', 'contains out.st', 'has started', 'hasprefix start', 'startswith checkout'].map((one) => `${one} breaks`));
});

test('spans are named by Name, logs by EventName', () => {
  const rules = [rule('span', named('checkout.started', 'Name'), undefined, { plan: planOf(named('checkout.started', 'Name'), { sink: 'drop' }, 'Spans') } as Partial<CompiledRule>), rule('log', named('checkout.started'))];
  expect(idsOf({ rules })).toEqual(['log breaks']);
  expect(idsOf({ rules }, { ...checkout, signal: 'spans' })).toEqual(['span breaks']);
});

test('nets, metrics, recorders, views and themes are told apart, and a theme has no second entry for its rule', () => {
  const net: RuleUser = { id: 'net', name: 'net', compiled: { ...common, name: 'net', kind: 'state-machine', machine: { version: machinePlanVersion, key: [], initial: 'a', limits: { actions: 1, perNanos: '1', cooldownNanos: '1', maxKeys: 1 }, states: [{ name: 'a', enter: [], after: [], on: [{ when: call('>', call('since', text('checkout.started')), text('1s')), text: '', count: 1, withinNanos: null, to: 'a' }] }] } } };
  const users = usersOf(checkout, {
    ...none, rules: [net, rule('m', event('checkout.started'), { sink: 'to_metric', name: 'checkouts', unit: '', keep: false }), rule('k', event('checkout.started'), { sink: 'record', recorder: 'verbose', tee: false }), rule('theme-rule', event('checkout.started'))],
    views: [{ view: { id: 'v', name: 'Checkouts' }, plan: planOf(event('checkout.started')) }, { view: { id: 'all', name: 'Everything' }, plan: null }],
    themes: [{ id: 't', name: 'details', ruleId: 'theme-rule', members: [{ name: 'checkout.started', service: null }] }],
  });
  expect(users.map(({ kind, id, name, follows }) => [kind, id, name, follows])).toEqual([['net', 'net', 'net', false], ['view', 'v', 'Checkouts', true], ['metric', 'm', 'checkouts', true], ['theme', 't', 'details', true], ['recorder', 'k', 'verbose', true]]);
});

test('a rename leaves behind who names the former name alone: everybody until it is in force, then those that do not follow', () => {
  const of = (state: 'active' | 'proposed', more: object = {}) => ({ kind: 'event' as const, former: 'checkout.started', current: 'cart.checkout', service: 'shop', state, ...more });
  const pinned = call('and', named('other', 'ServiceName'), named('checkout.started'));
  const rules = [rule('words', named('checkout.started')), rule('follower', event('checkout.started')), rule('both', call('in', column('EventName'), text('checkout.started'), text('cart.checkout'))), rule('pattern', call('contains', column('EventName'), text('checkout'))), rule('narrow', call('startswith', column('EventName'), text('checkout.'))), rule('elsewhere', pinned),
    rule('field', call('==', attribute('order.total'), text('1'))), rule('followed', call('==', call('field', text('order.total')), text('1')))];
  const users = new NameUsers({ ...none, rules });
  const ids = (alias: Parameters<NameUsers['leftBehindBy']>[0]) => users.leftBehindBy(alias).map(({ id }) => id);
  expect(ids(of('proposed'))).toEqual(['narrow', 'words', 'follower']);
  expect(ids(of('active'))).toEqual(['narrow', 'words']);
  const total = { kind: 'field' as const, former: 'order.total', current: 'order.amount' };
  expect([ids(of('active', total)), ids(of('proposed', total))]).toEqual([['field'], ['field', 'followed']]);
});

test('a field of other events of the service is not left behind, whatever stands around it', () => {
  const total = { kind: 'field' as const, former: 'order.total', current: 'order.amount', service: 'shop', state: 'active' as const };
  const field = call('>', attribute('order.total'), text('1'));
  const piped = planOf(named('refund'));
  const rules = [
    rule('same', call('and', named('checkout.started'), field)), rule('other', call('and', named('refund'), field)), rule('either', call('and', call('in', column('EventName'), text('refund'), text('checkout.started')), field)),
    rule('not other', call('and', call('!=', column('EventName'), text('refund')), field)), rule('or', call('or', named('refund'), field)), rule('any', field),
    rule('behind', named('refund'), undefined, { plan: { ...piped, operators: [...piped.operators, { op: 'where', predicate: field }] } } as Partial<CompiledRule>),
    rule('both places', call('or', call('and', named('refund'), field), call('and', named('checkout.started'), field))), rule('elsewhere', call('and', named('cart', 'ServiceName'), field)),
  ];
  const left = new NameUsers({ ...none, rules }).leftBehindBy(total, (event) => event === 'checkout.started').map(({ id }) => id);
  expect(left).toEqual(['any', 'both places', 'either', 'not other', 'or', 'same']);
});

test('fields are told with their users, and are found by themselves', () => {
  const field = call('field', text('user.id'));
  const rules = [rule('words', call('and', event('checkout.started'), call('==', attribute('user.id'), text('x')))), rule('follower', call('and', event('checkout.started'), call('==', field, text('x')))), rule('other', call('==', attribute('http.route'), text('/')))];
  const users = new NameUsers({ ...none, rules });
  expect(users.of(checkout).map(({ id, fields }) => [id, fields])).toEqual([['follower', ['user.id']], ['words', ['user.id']]]);
  expect(users.ofField('user.id').map(({ id, follows }) => [id, follows])).toEqual([['words', false], ['follower', true]]);
  expect(users.ofField('uid', ['uid', 'user.id']).map(({ id, follows }) => [id, follows])).toEqual([['words', false], ['follower', true]]);
});
