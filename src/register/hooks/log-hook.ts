// `emit` and `enabled` of the SDK's Logger class, found through the provider that the app registered: every logger of that copy of
// the SDK goes through here, also those that were made before, that another provider made, and those of bridges (pino, winston).
import { replaceMethod } from './owner.ts';
import type { Logger, LoggerProvider, LogRecord } from './shapes.ts';

export interface LogJudge {
  /** The record as it may leave, itself when nothing is to be changed; null when it may not. Never throws. */
  log(record: LogRecord, logger: Logger): LogRecord | null;
  /** Whether a record of this severity may leave; asked by bridges before they make one. Never throws. */
  mayLeave(severityNumber: unknown, logger: Logger): boolean;
}

/** Throws when the provider has no loggers that can be watched. */
export function hookLoggers(provider: LoggerProvider, judge: LogJudge): void {
  const logger = provider.getLogger('weir.register');
  if (!replaceMethod(logger, 'emit', (emit: Logger['emit']) => judged(emit, judge))) throw new Error('its loggers have no emit(), or one that cannot be watched');
  replaceMethod(logger, 'enabled', (enabled: NonNullable<Logger['enabled']>) => function (this: Logger, options) {
    return judge.mayLeave(options?.severityNumber, this) && enabled.call(this, options);
  });
}

function judged(emit: Logger['emit'], judge: LogJudge): Logger['emit'] {
  // A logger that hands on to another one of its kind emits the same record once more.
  let inHand: LogRecord | null = null;
  return function (this: Logger, record) {
    if (record === inHand) { emit.call(this, record); return; }
    const left = judge.log(record, this);
    if (left === null) return;
    const before = inHand;
    inHand = left;
    try { emit.call(this, left); } finally { inHand = before; }
  };
}
