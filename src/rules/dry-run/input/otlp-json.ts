// OTLP JSON: one export request, or several tables of one in an object, or a list of such.
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import type { Signal } from '../../../model/index.ts';
import { objectToProtobuf } from '../../../otlp/index.ts';
import type { DryRunRequest } from '../types.ts';

const listNames: Readonly<Record<Signal, string>> = { logs: 'resourceLogs', spans: 'resourceSpans', metrics: 'resourceMetrics' };

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the value has one of the lists that OTLP requests are made of. */
export const isOtlpJson = (value: unknown): value is Members => isMembers(value) && Object.values(listNames).some((name) => name in value);

/** The code is `otlp-json`. */
export function requestsOfJson(value: Members, sentAtMs: number): Result<readonly DryRunRequest[], Failure> {
  const requests: DryRunRequest[] = [];
  for (const [signal, name] of Object.entries(listNames) as [Signal, string][]) {
    if (value[name] === undefined) continue;
    const bytes = objectToProtobuf(signal, { [name]: value[name] });
    if (!bytes.ok) return bytes;
    requests.push({ signal, bytes: bytes.value, sentAtMs });
  }
  return requests.length > 0 ? ok(requests) : failure('otlp-json', 'There is no resourceLogs, resourceSpans or resourceMetrics in this JSON.', 'Give OTLP JSON, or one record a line with the columns of Logs, Spans or Metrics.');
}
