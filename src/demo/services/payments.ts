// payments: charges, declines now and then; can burn CPU on a Tower of Hanoi or crash.
import { code, pick } from '../chance.ts';
import { runService } from '../service.ts';

/** Moves of a Tower of Hanoi, solved the long way. */
function hanoi(disks: number, from: string, to: string, spare: string): number {
  return disks === 0 ? 0 : hanoi(disks - 1, from, spare, to) + 1 + hanoi(disks - 1, spare, to, from);
}

let crashAt = 0;

runService('payments', '1.9.4', { charge: '/charge' }, ({ log, faultOn }) => () => {
  const amount = Math.round(Math.random() * 20_000) / 100;
  if (faultOn('crash')) {
    crashAt ||= performance.now() + 20_000;
    if (performance.now() > crashAt) {
      log('fatal', 'ledger is inconsistent: balance below zero', { 'ledger.account': code('acc_') }, { event: 'LedgerBroken' });
      setTimeout(() => { throw new Error('ledger is inconsistent: balance below zero'); }, 500);
    }
  } else {
    crashAt = 0;
  }
  if (faultOn('hot-loop')) log('debug', `route planned in ${hanoi(18, 'a', 'b', 'c')} moves`, {}, { file: 'payments/src/route.ts', line: 14 });
  if (Math.random() < 0.04) {
    log('error', `declined code=${pick(['issuer_timeout', 'insufficient_funds', 'stolen_card'])} amount=${amount}`, { amount, currency: 'EUR' }, { event: 'PaymentDeclined' });
    return 402;
  }
  log('info', `captured ${amount} EUR`, { amount, currency: 'EUR', 'payment.method': pick(['card', 'wallet', 'invoice']) }, { event: 'PaymentCaptured' });
  return 200;
});
