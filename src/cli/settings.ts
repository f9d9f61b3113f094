// Environment and flags of the long-running commands, read once and checked.
import { failure, ok, type Result } from '../base/index.ts';
import { shareOf, sizeBytes } from '../rules/index.ts';

export interface PortSettings { readonly port: number; readonly otlpHttpPort: number; readonly otlpGrpcPort: number }

export const defaultPorts: PortSettings = { port: 4300, otlpHttpPort: 4318, otlpGrpcPort: 4317 };

/** A port from the environment; 0 lets the system choose. */
function readPort(env: NodeJS.ProcessEnv, name: string, fallback: number): Result<number> {
  const text = env[name];
  if (text === undefined || text === '') return ok(fallback);
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return ok(port);
  return failure('cli.bad-port', `${name} is "${text}", which is not a port.`, `Set ${name} to a number from 0 to 65535, or leave it out for ${fallback}.`);
}

export function readPorts(env: NodeJS.ProcessEnv): Result<PortSettings> {
  const port = readPort(env, 'PORT', defaultPorts.port);
  if (!port.ok) return port;
  const http = readPort(env, 'WEIR_OTLP_HTTP_PORT', defaultPorts.otlpHttpPort);
  if (!http.ok) return http;
  const grpc = readPort(env, 'WEIR_OTLP_GRPC_PORT', defaultPorts.otlpGrpcPort);
  if (!grpc.ok) return grpc;
  return ok({ port: port.value, otlpHttpPort: http.value, otlpGrpcPort: grpc.value });
}

export const readDataDir = (env: NodeJS.ProcessEnv): string => env['WEIR_DATA'] || './.weir';

/** The agent's own ceiling: `WEIR_RULES_CPU_SHARE` (of one core, such as 25%) and `WEIR_AGENT_MAX_RSS` (such as 1GiB). Absent: the agent's defaults. */
export function readCeiling(env: NodeJS.ProcessEnv): Result<{ readonly rulesCpuShare?: number; readonly maxRssBytes?: number }> {
  const [cpu, rss] = [env['WEIR_RULES_CPU_SHARE'], env['WEIR_AGENT_MAX_RSS']];
  if (cpu && !/^\d+(\.\d+)?\s?%$/.test(cpu)) return failure('cli.bad-ceiling', `WEIR_RULES_CPU_SHARE is "${cpu}", which is not a share of a core.`, 'For example: WEIR_RULES_CPU_SHARE=25%');
  if (rss && !/^\d+(\.\d+)?\s?(B|KiB|MiB|GiB)$/.test(rss)) return failure('cli.bad-ceiling', `WEIR_AGENT_MAX_RSS is "${rss}", which is not a size.`, 'For example: WEIR_AGENT_MAX_RSS=1GiB');
  return ok({ ...(cpu ? { rulesCpuShare: shareOf(cpu) } : {}), ...(rss ? { maxRssBytes: sizeBytes(rss) } : {}) });
}

/** How much all artifacts on the server may take: `WEIR_ARTIFACTS_MAX_BYTES` (such as 20GiB). Absent: the server's default. */
export function readArtifactQuota(env: NodeJS.ProcessEnv): Result<{ readonly artifacts?: { readonly maxBytes: number } }> {
  const quota = env['WEIR_ARTIFACTS_MAX_BYTES'];
  if (!quota) return ok({});
  if (!/^\d+(\.\d+)?\s?(B|KiB|MiB|GiB)$/.test(quota)) return failure('cli.bad-quota', `WEIR_ARTIFACTS_MAX_BYTES is "${quota}", which is not a size.`, 'For example: WEIR_ARTIFACTS_MAX_BYTES=20GiB');
  return ok({ artifacts: { maxBytes: sizeBytes(quota) } });
}

/** An OTLP/HTTP base URL such as http://127.0.0.1:4319; the signal's path is added to it. */
export function readForward(text: string | undefined): Result<string | null> {
  if (text === undefined) return ok(null);
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return ok(text.replace(/\/+$/, ''));
  return failure('cli.bad-forward', `--forward "${text}" is not a URL.`, 'Give the OTLP/HTTP base URL of a downstream, for example --forward http://127.0.0.1:4319.');
}

/** `name=URL` pairs of `--exporter`. */
export function readExporters(pairs: readonly string[]): Result<ReadonlyMap<string, string>> {
  const exporters = new Map<string, string>();
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    const url = readForward(pair.slice(cut + 1));
    if (cut < 1 || !url.ok || url.value === null) return failure('cli.bad-exporter', `--exporter "${pair}" is not of the form name=URL.`, 'For example: --exporter archive=http://127.0.0.1:4319');
    exporters.set(pair.slice(0, cut), url.value);
  }
  return ok(exporters);
}
