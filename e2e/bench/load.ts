// A load generator in a process of its own: posts `perSecond` log records of about 400 bytes to an OTLP/HTTP endpoint,
// in requests of 500, for `seconds`. Sends {sent, refused} to its parent at the end. Arguments: URL perSecond seconds.
import { Agent, request } from 'node:http';
import { encodeLogs } from '../../src/otlp/index.ts';

const [url = '', perSecond = '20000', seconds = '60'] = process.argv.slice(2);
const perRequest = 500;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const services = ['cart', 'checkout', 'frontend', 'payments'];
const events = ['CartItemAdded', 'CheckoutStarted', 'LogLaunch', 'PaymentCaptured', 'ProductViewed', 'QueueDepth'];
let sent = 0;
let refused = 0;
let serial = 0;

function batch(): Uint8Array {
  const now = BigInt(Date.now()) * 1_000_000n;
  const records = Array.from({ length: perRequest }, (_, i) => {
    const n = serial++;
    return {
      timeUnixNano: now + BigInt(i) * 1000n, observedUnixNano: now, severityNumber: n % 50 === 0 ? 17 : n % 11 === 0 ? 13 : 9, severityText: n % 50 === 0 ? 'ERROR' : n % 11 === 0 ? 'WARN' : 'INFO',
      eventName: events[n % events.length] as string, body: `request ${n} handled for customer ${n % 997} with a body of ordinary length and nothing secret in it`,
      attributes: { 'http.route': `/product/${n % 17}`, 'http.response.status_code': 200, 'cart.id': `c_${(n % 4096).toString(16)}`, 'cart.region': 'eu-west', 'thread.name': `worker-${n % 8}`, 'app.tier': 'web', 'app.build': '2026.11.22-4711' },
      traceId: (BigInt(n) * 0x9e3779b97f4a7c15n & ((1n << 128n) - 1n)).toString(16).padStart(32, '0'), spanId: n.toString(16).padStart(16, '0'), flags: 1,
    };
  });
  return encodeLogs({ 'service.name': services[serial / perRequest % services.length | 0] ?? 'cart', 'service.version': '1.0.0' }, 'load', records);
}

function post(): void {
  const outgoing = request(`${url}/v1/logs`, { method: 'POST', agent, headers: { 'content-type': 'application/x-protobuf' } }, (answer) => {
    answer.resume();
    if (answer.statusCode === 200) sent += perRequest; else refused += perRequest;
  });
  outgoing.on('error', () => { refused += perRequest; });
  outgoing.end(batch());
}

const started = performance.now();
let posted = 0;
const timer = setInterval(() => {
  const elapsed = (performance.now() - started) / 1000;
  if (elapsed >= Number(seconds)) {
    clearInterval(timer);
    setTimeout(() => { process.send?.({ sent, refused }, undefined, undefined, () => process.exit(0)); }, 1500);
    return;
  }
  for (const due = elapsed * Number(perSecond) / perRequest; posted < due; posted++) post();
}, 10);
