// The lines of the mock shop that carry secrets: where, how often, on which agent. No secret is in here, only its mask.
import { bullets } from '../../src/redaction/index.ts';
import type { RedactionSource } from '../../src/model/index.ts';
import { digest } from '../rules-store.ts';

type Place = Pick<RedactionSource, 'service' | 'durableId' | 'source' | 'signal' | 'place' | 'key' | 'detector' | 'context'>;

export interface ShopSecret extends Place {
  readonly id: string;
  readonly perSecond: number;
  /** Part of its records by agent. */
  readonly shares: Readonly<Record<string, number>>;
  /** Minutes before the start of the mock at which it was first seen, and those between which it came in a burst. */
  readonly sinceMinutes: number;
  readonly burst: readonly [from: number, to: number] | null;
  /** A pattern of a policy that was taken off: the independent scan does not know it, so that nobody knows whether it leaves. */
  readonly formerly?: { readonly rule: string; readonly by: string; readonly endedMinutes: number };
}

const both = { 'shop-1': 0.7, 'shop-2': 0.3 };

function line(place: Place, more: Omit<ShopSecret, 'id' | keyof Place>): ShopSecret {
  return { ...place, ...more, id: digest([place.service, place.durableId, place.place, place.key, place.detector].join('\n')) };
}

export const shopSecrets: readonly ShopSecret[] = [
  line({ service: 'payments', durableId: 'payments/src/receipt.ts:141', source: 'payments/src/receipt.ts:141', signal: 'logs', place: 'attribute', key: 'user.email', detector: 'email', context: `sent to ${bullets}` },
    { perSecond: 4.6, shares: { 'payments-3': 0.4, 'shop-1': 0.35, 'shop-2': 0.25 }, sinceMinutes: 166, burst: null }),
  line({ service: 'checkout', durableId: 'checkout/src/queue/worker.ts:57', source: 'checkout/src/queue/worker.ts:57', signal: 'logs', place: 'body', key: 'body', detector: 'secret-assignment', context: `reconnect with password=${bullets}` },
    { perSecond: 0.4, shares: both, sinceMinutes: 4, burst: null }),
  line({ service: 'cart', durableId: 'cart/src/clients/catalog.ts:88', source: 'cart/src/clients/catalog.ts:88', signal: 'logs', place: 'body', key: 'body', detector: 'github-token', context: `sync https://bot:ghp_${bullets}@git failed` },
    { perSecond: 0.9, shares: both, sinceMinutes: 12, burst: [11, 6] }),
  line({ service: 'frontend', durableId: 'frontend/src/ssr/render.ts:212', source: 'frontend/src/ssr/render.ts:212', signal: 'logs', place: 'attribute', key: 'client.address', detector: 'ipv4', context: `from ${bullets}` },
    { perSecond: 9.8, shares: both, sinceMinutes: 9000, burst: null }),
  line({ service: 'payments', durableId: 'PaymentDeclined', source: '', signal: 'logs', place: 'attribute', key: 'card.pan', detector: 'payment-card', context: `declined ${bullets}` },
    { perSecond: 0.12, shares: both, sinceMinutes: 16, burst: null }),
  line({ service: 'payments', durableId: 'POST /charge', source: 'payments/src/http/charge.ts:77', signal: 'spans', place: 'attribute', key: 'http.request.header.authorization', detector: 'jwt', context: `Bearer eyJ${bullets}` },
    { perSecond: 0.7, shares: both, sinceMinutes: 4200, burst: null }),
  line({ service: 'checkout', durableId: 'checkout/src/coupons.ts:31', source: 'checkout/src/coupons.ts:31', signal: 'logs', place: 'attribute', key: 'coupon.code', detector: 'coupon-code', context: `redeemed ${bullets}` },
    { perSecond: 0.3, shares: both, sinceMinutes: 900, burst: null, formerly: { rule: 'coupon-codes', by: 'alice', endedMinutes: 8 } }),
];

export const secretById = (id: string): ShopSecret | undefined => shopSecrets.find(secret => secret.id === id);
