// What the lines of the mock shop say: fields as seen, severities, findings. Invented figures, real names.
import type { EventSource, FieldRow, FieldType, LintFinding } from '../../src/model/index.ts';
import { shopTalkers, type ShopTalker } from '../shop.ts';

export interface SeedField extends Pick<FieldRow, 'place' | 'key' | 'distinct' | 'examples' | 'maxBytes'> { readonly presence: number; readonly types: Partial<Record<FieldType, number>>; /** Share of the event's bytes. */ readonly share: number }
export interface SeedEvent { readonly talker: ShopTalker; readonly source: EventSource; readonly template: string | null; readonly severity: number; readonly sourceLine: string | null; readonly scope: string | null; readonly fields: readonly SeedField[]; readonly lint: readonly LintFinding[] }

const field = (key: string, type: FieldType, share: number, distinct: number, examples: readonly string[], more: Partial<SeedField> = {}): SeedField => ({ place: 'attribute', key, types: { [type]: 1 }, share, distinct, examples: [...examples], maxBytes: Math.max(4, ...examples.map(({ length }) => length)), presence: 1, ...more });
const body = (share: number, distinct: number, example: string): SeedField => field('', 'string', share, distinct, [example], { place: 'body', maxBytes: example.length + 9 });
const resource = [field('service.name', 'string', 0.04, 1, ['checkout'], { place: 'resource' }), field('service.version', 'string', 0.03, 2, ['4.12.0', '4.11.0'], { place: 'resource' }), field('host.name', 'string', 0.05, 3, ['shop-1', 'shop-2'], { place: 'resource' })];

const fieldsOf: Readonly<Record<string, readonly SeedField[]>> = {
  LogLaunch: [field('session.id', 'string', 0.13, 40_213, ['a-z0-9 × 26'], { maxBytes: 26 }), field('http.route', 'string', 0.1, 6, ['/', '/product/{sku}', '/cart']), field('screen.width', 'long', 0.09, 4, ['1280', '1440']), field('device', 'string', 0.07, 3, ['phone', 'desktop', 'tablet']), field('tier', 'string', 0.06, 3, ['free', 'plus']), body(0.2, 120, 'launch of the page for a visitor')],
  CartItemAdded: [field('cart.snapshot', 'string', 0.58, 9004, ['{…} × 4,200'], { maxBytes: 4200, presence: 0.94 }), field('user.id', 'string', 0.07, 5012, ['a-z0-9 × 12']), field('cart.id', 'string', 0.06, 8800, ['c_•••••••']), field('sku', 'string', 0.05, 412, ['MUG-2207', 'RUG-5530', 'TEA-0412']), field('cart.items', 'long', 0.03, 42, ['1', '2', '3']), field('cart.region', 'string', 0.04, 3, ['eu-west', 'eu-north', 'us-east']), body(0.08, 3100, 'item added')],
  CheckoutStarted: [field('order.total', 'real', 0.11, 7412, ['118.91', '52.16']), field('session.id', 'string', 0.18, 9020, ['a-z0-9 × 26'], { maxBytes: 26 }), field('order.items', 'long', 0.07, 19, ['1', '4', '9']), field('user.email', 'string', 0.12, 4111, ['•••@•••.example'], { presence: 0.41, maxBytes: 38 }), body(0.15, 8, 'checkout started')],
  'cart/src/clients/catalog.ts:88': [field('exception.stacktrace', 'string', 0.6, 12, ['Error: 401 × 2,900'], { maxBytes: 2900 }), field('url.full', 'string', 0.14, 908, ['https://bot:ghp_••••••••@git.internal/shop'], { maxBytes: 96 }), field('http.status', 'string', 0.03, 2, ['401', '503'], { types: { string: 0.7, long: 0.3 } }), body(0.12, 14, 'sync failed')],
};
const usual = [field('http.route', 'string', 0.2, 12, ['/', '/cart']), field('session.id', 'string', 0.2, 9000, ['a-z0-9 × 26'], { maxBytes: 26 }), field('build.id', 'string', 0.1, 2, ['4.12.0']), body(0.24, 40, 'done')];

const conventions = 'https://opentelemetry.io/docs/specs/semconv/general/naming/';
const lintOf: Readonly<Record<string, readonly LintFinding[]>> = {
  LogLaunch: [{ field: null, rule: 'event-name', message: '"LogLaunch" is written in camel case; names of events are lower case, their parts apart by dots.', suggestion: 'log.launch', reference: conventions }],
  CheckoutStarted: [{ field: null, rule: 'event-name', message: '"CheckoutStarted" is written in camel case; names of events are lower case, their parts apart by dots.', suggestion: 'checkout.started', reference: conventions }],
  'cart/src/clients/catalog.ts:88': [
    { field: 'http.status', rule: 'deprecated', message: '"http.status" seems to be what the conventions call "http.response.status_code".', suggestion: 'http.response.status_code', reference: conventions },
    { field: 'http.status', rule: 'type', message: '"http.status" is string here; the conventions have it as long.', suggestion: 'long', reference: conventions },
  ],
};
const lines: Readonly<Record<string, string>> = { LogLaunch: 'services/frontend.ts:12', CartItemAdded: 'services/cart.ts:31', CheckoutStarted: 'services/checkout.ts:24', QueueDepth: 'services/checkout.ts:58', PaymentDeclined: 'services/payments.ts:40' };
const severities: Readonly<Record<string, number>> = { 'frontend/src/ssr/render.ts:212': 5, 'cart/src/clients/catalog.ts:88': 13, PaymentDeclined: 17 };

const sourceOf = ({ durableId, signal }: ShopTalker): EventSource => (signal === 'spans' ? 'span-name' : signal === 'metrics' ? 'metric-name' : /:\d+$/.test(durableId) ? 'code-location' : 'event-name');

const ofShop = shopTalkers.map((talker): SeedEvent => ({
  talker, source: sourceOf(talker), template: null, severity: severities[talker.durableId] ?? 9, sourceLine: lines[talker.durableId] ?? (/:\d+$/.test(talker.durableId) ? talker.durableId : null),
  scope: talker.signal === 'logs' ? `shop/${talker.service}` : null, fields: [...(fieldsOf[talker.durableId] ?? usual), ...resource], lint: lintOf[talker.durableId] ?? [],
}));

const [verbs, things] = [['read', 'wrote', 'moved', 'dropped', 'retried', 'opened', 'closed', 'merged'], ['block blk_<*> of <*> bytes', 'file <*> to <*>', 'session <*> after <*> ms', 'connection from <*>', 'row <*> of table <*>', 'lease <*> for <*> s', 'page <*> with status <*>', 'shard <*> on <*>', 'token of user <*>', 'message <*> on queue <*>', 'lock <*> held by <*>', 'cache entry <*>']] as const;
/** An old service whose lines have neither a name nor a place: 96 templates, each rare. */
const ofLegacy = verbs.flatMap((verb, i) => things.map((thing, j): SeedEvent => ({
  talker: { durableId: `t-${(0x5a00_0000 + i * 257 + j * 4099).toString(16).padStart(16, '0')}`, service: 'warehouse', signal: 'logs', perSecond: 1.6 / (1 + i * 3 + j * 2), bytesEach: 96 + 8 * j, wobble: 0.5 },
  source: 'template', template: `${verb} ${thing}`, severity: i === 4 ? 13 : i === 3 ? 5 : 9, sourceLine: null, scope: null, fields: [body(0.7, 900 + i * 31, `${verb} ${thing.replaceAll('<*>', '0 × 4')}`), ...resource], lint: [],
})));

export const seedEvents: readonly SeedEvent[] = [...ofShop, ...ofLegacy];
