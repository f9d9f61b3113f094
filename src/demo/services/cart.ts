// cart: items and a catalogue sync against source control that sometimes fails, and then says too much.
import { crc32 } from 'node:zlib';
import { code, pause, pick } from '../chance.ts';
import { runService } from '../service.ts';

const skus = ['MUG-2207', 'RUG-5530', 'LAMP-031', 'TEA-0412', 'SOFA-118'] as const;
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const kept: { readonly id: string; readonly trail: string[] }[] = [];

/** Shaped like a personal access token, with its check sum, made up on the spot: never a real one. */
function madeUpToken(): string {
  const made = Array.from({ length: 30 }, () => pick([...base62])).join('');
  const sum = crc32(made);
  return `ghp_${made}${Array.from({ length: 6 }, (_, i) => base62[Math.floor(sum / 62 ** (5 - i)) % 62]).join('')}`;
}

runService('cart', '2.3.1', { add: '/add' }, ({ log, faultOn }) => async (_route, url) => {
  const cart = code('c_');
  await pause(Math.random() * 4);
  const sku = url.searchParams.get('sku') ?? pick(skus);
  const quantity = 1 + Math.floor(Math.random() * 3);
  log('info', `item added sku=${sku} qty=${quantity}`, {
    'cart.id': cart, sku, ...(faultOn('drifting-field') ? { 'cart.items': String(quantity), 'cart.promo': code('p_', 10) } : { 'cart.items': quantity, 'cart.region': pick(['eu-west', 'eu-north', 'us-east']) }),
  }, { event: 'CartItemAdded' });
  if (faultOn('memory-leak')) kept.push({ id: cart, trail: Array.from({ length: 200 }, (_, i) => `${cart} step ${i}`) });
  if (Math.random() < 0.08) {
    const leaking = faultOn('leaking-token');
    const secret = leaking ? `bot:${madeUpToken()}@` : '';
    log('warn', `sync failed: 401 from https://${secret}git.internal/shop/catalog.git after 3 tries`,
      { 'http.response.status_code': 401, 'retry.count': 3, 'url.full': `https://${secret}git.internal/shop/catalog.git`, ...(leaking ? { 'user.email': `${pick(['mara', 'joel', 'ines', 'tomas'])}.${code('', 3)}@customer.example` } : {}) },
      { file: 'cart/src/clients/catalog.ts', line: 88 });
  }
  return 200;
});
