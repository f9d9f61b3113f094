// What the server may ask of this agent over OpAMP's custom messages, checked at the door.
import { Buffer } from 'node:buffer';
import { canaryRequest, redactionKeyMessage, residualScanMessage, tailSubscribe, tailUnsubscribe, type CanaryResult } from '../model/index.ts';
import type { KeyRing } from '../redaction/index.ts';
import { asked, type Handler } from './asked.ts';
import type { Canary } from './canary/index.ts';
import type { RedactionReporter } from './redaction/index.ts';
import type { ResidualWatch } from './residual/index.ts';
import type { TailHub } from './tail/index.ts';

interface Parts {
  readonly tails: Pick<TailHub, 'subscribe' | 'unsubscribe'>;
  readonly keys: KeyRing;
  readonly reporter: () => Pick<RedactionReporter, 'report'>;
  readonly residual: Pick<ResidualWatch, 'fullUntilUnixMs'>;
  readonly canary: Pick<Canary, 'run'>;
  readonly onCanary: (result: CanaryResult) => void;
  /** Of the agent's other parts, by type. */
  readonly more: readonly (readonly [string, Handler])[];
}

/** By type; a handler's answer says what was wrong with the request, or is empty. */
export function serverRequests({ tails, keys, reporter, residual, canary, onCanary, more }: Parts): ReadonlyMap<string, Handler> {
  return new Map([
    ['tail.subscribe', asked(tailSubscribe, (request) => {
      const opened = tails.subscribe(request);
      return opened.ok ? '' : `A tail could not be opened: ${opened.error.message}`;
    })],
    ['tail.unsubscribe', asked(tailUnsubscribe, ({ subscription }) => { tails.unsubscribe(subscription); })],
    ['redaction.key', asked(redactionKeyMessage, ({ period, key }) => {
      if (period === keys.period) return;
      reporter().report();
      keys.replace(Buffer.from(key, 'base64'), period);
    })],
    ['redaction.residual-scan', asked(residualScanMessage, ({ untilUnixMs }) => { residual.fullUntilUnixMs = untilUnixMs; })],
    ['redaction.canary', asked(canaryRequest, ({ run, seed }) => { void canary.run(run, seed).then(onCanary); })],
    ...more,
  ]);
}
