// checkout: orders go through a queue with one worker; the queue's depth is an event. Its next release calls an event and a field otherwise.
import { metrics } from '@opentelemetry/api';
import { code, pause } from '../chance.ts';
import { runService } from '../service.ts';

interface Order { readonly id: string; readonly since: number }

const { version, started, total } = process.env['SHOP_RELEASE'] === 'next'
  ? { version: '4.13.0', started: 'checkout.started', total: 'order.amount' }
  : { version: '4.12.0', started: 'CheckoutStarted', total: 'order.total' };

runService('checkout', version, { order: '/order' }, ({ log, call, faultOn }) => {
  const queue: Order[] = [];
  metrics.getMeter('shop').createObservableGauge('checkout.queue.depth', { unit: '{order}', description: 'Orders that wait.' }).addCallback((result) => result.observe(queue.length, { 'queue.name': 'orders' }));

  const work = async (): Promise<void> => {
    for (;;) {
      const order = queue.shift();
      if (!order) { await pause(20); continue; }
      await pause(faultOn('growing-queue') ? 400 : 8);
      const waited = Math.round(performance.now() - order.since);
      if (waited > 2000) log('warn', `order waited wait_ms=${waited} order=${order.id}`, { 'order.id': order.id, wait_ms: waited }, { file: 'checkout/src/queue/worker.ts', line: 91 });
      await call('payments', '/charge').catch(() => { log('error', `payment failed for ${order.id}`, { 'order.id': order.id }, { event: 'PaymentFailed' }); });
    }
  };
  void work();
  setInterval(() => log('info', `orders depth depth=${queue.length}`, { depth: queue.length, 'queue.name': 'orders' }, { event: 'QueueDepth' }), 250).unref();

  return () => {
    const order = { id: code('o_'), since: performance.now() };
    queue.push(order);
    if (queue.length > 50_000) queue.shift();
    log('info', `checkout started items=${1 + Math.floor(Math.random() * 9)}`, { 'order.id': order.id, [total]: Math.round(Math.random() * 20_000) / 100 }, { event: started });
    return 202;
  };
});
