// What the environment says of the resource, as OpenTelemetry's own variables name it.
import type { Attributes } from './hooks/index.ts';

export function environmentResource(env: Readonly<Record<string, string | undefined>>): Attributes {
  const { OTEL_SERVICE_NAME: service, OTEL_RESOURCE_ATTRIBUTES: listed } = env;
  const pairs = (listed ?? '').split(',').map((pair) => pair.split('=')).flatMap(([key, value]) => (key && value !== undefined ? [[key.trim(), decoded(value.trim())] as const] : []));
  return { ...Object.fromEntries(pairs), ...(service ? { 'service.name': service } : {}) };
}

function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch { return text; }
}
