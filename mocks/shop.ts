// The shop that the mock backend plays: the durable ids of the recorded demo traffic with steady rates. Invented rates, real names.
export interface ShopTalker { readonly durableId: string; readonly service: string; readonly signal: 'logs' | 'spans' | 'metrics'; readonly perSecond: number; readonly bytesEach: number; /** How lively the rate is, as a share. */ readonly wobble: number }

export const shopTalkers: readonly ShopTalker[] = [
  { durableId: 'LogLaunch', service: 'frontend', signal: 'logs', perSecond: 384, bytesEach: 210, wobble: 0.08 },
  { durableId: 'GET /product/{sku}', service: 'frontend', signal: 'spans', perSecond: 62, bytesEach: 640, wobble: 0.12 },
  { durableId: 'frontend/src/ssr/render.ts:212', service: 'frontend', signal: 'logs', perSecond: 58, bytesEach: 260, wobble: 0.1 },
  { durableId: 'CartItemAdded', service: 'cart', signal: 'logs', perSecond: 41, bytesEach: 330, wobble: 0.25 },
  { durableId: 'GET /cart', service: 'cart', signal: 'spans', perSecond: 33, bytesEach: 590, wobble: 0.15 },
  { durableId: 'checkout/src/queue/worker.ts:57', service: 'checkout', signal: 'logs', perSecond: 26, bytesEach: 240, wobble: 0.2 },
  { durableId: 'POST /charge', service: 'payments', signal: 'spans', perSecond: 12, bytesEach: 610, wobble: 0.2 },
  { durableId: 'CheckoutStarted', service: 'checkout', signal: 'logs', perSecond: 11, bytesEach: 280, wobble: 0.3 },
  { durableId: 'QueueDepth', service: 'checkout', signal: 'logs', perSecond: 5, bytesEach: 190, wobble: 0.05 },
  { durableId: 'cart/src/clients/catalog.ts:88', service: 'cart', signal: 'logs', perSecond: 3.4, bytesEach: 420, wobble: 0.4 },
  { durableId: 'PaymentDeclined', service: 'payments', signal: 'logs', perSecond: 1.2, bytesEach: 310, wobble: 0.6 },
  { durableId: 'http.server.request.duration', service: 'frontend', signal: 'metrics', perSecond: 0.8, bytesEach: 820, wobble: 0 },
];

/** Noise in [-1, 1] that depends on nothing but its arguments, so that two answers never disagree about the past. */
export function noise(seed: number, step: number): number {
  let x = Math.imul(seed ^ Math.imul(step, 0x9e3779b1), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 0x7fffffff - 1;
}

/** Records per second of one talker at a moment. */
export function rateAt(talker: ShopTalker, unixMs: number): number {
  const index = shopTalkers.indexOf(talker) + 1;
  const wave = 1 + 0.18 * Math.sin(unixMs / 47_000 + index);
  return Math.max(0, talker.perSecond * wave * (1 + talker.wobble * 0.4 * noise(index, Math.floor(unixMs / 1000))));
}
