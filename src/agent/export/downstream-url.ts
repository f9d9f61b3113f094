// Where OTLP/HTTP requests go: the base URL plus the path of the signal, as the OTLP specification says.
import { failure, ok, type Result } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';

export const signalPath: Record<Signal, string> = { logs: '/v1/logs', spans: '/v1/traces', metrics: '/v1/metrics' };

/** `base` has passed `parseDownstream`. */
export const requestUrl = (base: string, signal: Signal): string => base + signalPath[signal];

/** A base URL without trailing slash; a pasted `/v1/logs` and the like is taken off. */
export function parseDownstream(text: string): Result<string> {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return failure('agent.bad_forward_url', `"${text}" is not an http or https URL.`, 'Give the base URL of an OTLP/HTTP receiver, for example http://localhost:4318.');
  return ok(url.origin + url.pathname.replace(/\/v1\/(logs|traces|metrics)\/?$/, '').replace(/\/+$/, ''));
}
