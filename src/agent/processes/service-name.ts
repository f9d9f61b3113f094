// What a process calls itself, and which version of it it is, by OpenTelemetry's environment variables. Values of the list are percent-encoded, and
// OTEL_SERVICE_NAME wins over it (specification, SDK environment variables).

export function serviceOfEnvironment(environment: readonly string[]): string | null {
  const own = variable(environment, 'OTEL_SERVICE_NAME');
  if (own !== null && own !== '') return own.slice(0, 255);
  return resourceAttribute(environment, 'service.name');
}

/** Which deployment it is: `service.version`; null where the environment does not say. */
export const versionOfEnvironment = (environment: readonly string[]): string | null => resourceAttribute(environment, 'service.version');

function resourceAttribute(environment: readonly string[], name: string): string | null {
  for (const pair of (variable(environment, 'OTEL_RESOURCE_ATTRIBUTES') ?? '').split(',')) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name && value !== undefined && value.trim() !== '') return decoded(value.trim()).slice(0, 255);
  }
  return null;
}

function variable(environment: readonly string[], name: string): string | null {
  return environment.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch { return text; }
}
