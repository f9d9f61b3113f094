// What the bench sends and the rules it sends it through: 100 event names, 1 % of the records each; ten rules keyed by event
// name, five that drop and five that route, so that every request has to be rewritten and split.
import { agentRule, type AgentConfig } from '../../model/index.ts';
import { encodeLogs } from '../../otlp/index.ts';

export const recordsPerRequest = 1000;
export const eventNames = 100;
export const rules = 10;
/** Five of a hundred event names are dropped; the rest is forwarded, routed or not. */
export const keptShare = 0.95;

const words = ['accepted', 'priced', 'packed', 'queued', 'billed', 'checked', 'routed', 'shipped', 'closed', 'audited'];

/** Without a name: one of a hundred sentences, so that templates are mined of them. */
const record = (i: number, isNamed: boolean) => ({
  timeUnixNano: 1_760_000_000_000_000_000n + BigInt(i), observedUnixNano: 1_760_000_000_000_100_000n + BigInt(i), severityNumber: 9, severityText: 'INFO',
  ...(isNamed && { eventName: `shop.event.${i % eventNames}` }), body: isNamed ? `order ${i} accepted for customer ${i * 7} in 12 ms, 3 items` : `order ${i} ${words[i % 10]} for customer ${i * 7} in 12 ms, then ${words[Math.floor(i / 10) % 10]}`, flags: 1,
  traceId: (i * 2_654_435_761).toString(16).padStart(32, 'a'), spanId: (i * 40_503).toString(16).padStart(16, 'b'),
  attributes: {
    'http.request.method': 'POST', 'http.route': '/api/v1/orders', 'http.response.status_code': 201, 'order.id': 100_000 + i,
    ...(isNamed ? { 'code.file.path': 'src/orders/accept.ts', 'code.line.number': 42 } : { 'order.lane': 'standard', 'order.parts': 42 }), 'cart.items': 3, 'user.tier': 'gold',
  },
});

export const request = (isNamed = true): Uint8Array =>
  encodeLogs({ 'service.name': 'orders', 'service.version': '1.2.3', 'host.name': 'host-1' }, 'shop', Array.from({ length: recordsPerRequest }, (_, i) => record(i, isNamed)));

/** The configuration as the agent would have it on disk. */
export function config(): AgentConfig {
  return { version: 1, revision: 1, rules: Array.from({ length: rules }, (_, i) => agentRule.parse({
    id: `r${i}`, name: `rule-${i}`, version: 1, order: i, plan: {
      version: 1, table: 'Logs', sink: i % 2 === 0 ? { sink: 'drop' } : { sink: 'route', exporter: 'archive' },
      operators: [{ op: 'where', predicate: { k: 'call', type: 'bool', fn: '==', args: [{ k: 'column', type: 'string', name: 'EventName' }, { k: 'literal', type: 'string', value: `shop.event.${i * 10}` }] } }],
    },
  })) };
}
