// Which records of an event a rule may take away: those below ERROR. Of an event that is all ERROR or worse, all, at a high risk.
import { times, type MeasuredEvent, type Rate } from '../measured-event.ts';

/** OpenTelemetry's severity numbers. */
export const infoSeverity = 9, warnSeverity = 13, errorSeverity = 17;

export interface Scope {
  /** What leaves of the part, per second. */
  readonly rate: Rate;
  /** KQL that chooses it among the event's records; none when it is all of them. */
  readonly where: readonly string[];
  /** Shares of its records with ERROR or worse, and with WARN. */
  readonly errors: number; readonly warnings: number;
  /** Severity numbers in it. */
  readonly severities: readonly number[];
}

export function scopeOf(event: MeasuredEvent, left: Rate): Scope {
  const errors = partOf(event, (severity) => severity >= errorSeverity);
  // Only log records have a severity that a rule can ask for.
  const isMixed = event.signal === 'logs' && errors.records > 0 && errors.records < 1;
  const below = partOf(event, (severity) => severity < errorSeverity);
  const numbers = event.severities.map(({ severity }) => severity);
  const warnings = partOf(event, (severity) => severity >= warnSeverity && severity < errorSeverity).records;
  if (!isMixed) return { rate: left, where: [], errors: errors.records, warnings, severities: numbers };
  return { rate: times(left, below.records, below.bytes), where: [belowError(numbers)], errors: 0, warnings: below.records > 0 ? warnings / below.records : 0, severities: numbers.filter((severity) => severity < errorSeverity) };
}

/** A missing severity is null, of which nothing is true; it is no error. */
const belowError = (severities: readonly number[]): string => (severities.includes(0) ? `coalesce(SeverityNumber, 0) < ${errorSeverity}` : `SeverityNumber < ${errorSeverity}`);

/** Shares of the event's records and bytes, 0 to 1. */
export function partOf({ received, severities }: MeasuredEvent, has: (severity: number) => boolean): { readonly records: number; readonly bytes: number } {
  let records = 0;
  let bytes = 0;
  for (const { severity, rate } of severities) {
    if (!has(severity)) continue;
    records += rate.recordsPerSecond;
    bytes += rate.bytesPerSecond;
  }
  return { records: share(records, received.recordsPerSecond), bytes: share(bytes, received.bytesPerSecond) };
}

const share = (part: number, whole: number): number => (whole > 0 ? Math.min(1, part / whole) : 0);
