// What an agent is started with, and its defaults.
import { failure, ok, type Result } from '../base/index.ts';
import { defaultCeiling } from '../engine/index.ts';
import packageJson from '../../package.json' with { type: 'json' };

export interface AgentOptions {
  /** Files of the agent go to `<dataDir>/agent`. */
  readonly dataDir: string;
  /** Receivers listen here; loopback unless told otherwise. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly otlpHttpPort?: number;
  readonly otlpGrpcPort?: number;
  /** Base URL of the BFF (ws, wss, http or https); without one the agent runs by itself. */
  readonly server?: string | null;
  /** Needed with `server`. */
  readonly agentToken?: string | null;
  /** Base URL of an OTLP/HTTP downstream; without one what leaves the agent is counted and discarded. */
  readonly forward?: string | null;
  /** Further downstreams by the name that `route` uses. */
  readonly exporters?: ReadonlyMap<string, string>;
  readonly gzip?: boolean;
  /** Bound of each exporter's queue. */
  readonly queueBytes?: number;
  /** Share of one core that all rules together may take; past it the costliest are turned off. */
  readonly rulesCpuShare?: number;
  /** Resident bytes of the process; past it the rule that holds the most is turned off. */
  readonly maxRssBytes?: number;
  readonly version?: string;
}

export type ReadyOptions = { readonly [Name in keyof AgentOptions]-?: Name extends 'agentToken' ? string : Exclude<AgentOptions[Name], undefined> };

const defaultQueueBytes = 64 * 1024 * 1024;
const leastRssBytes = 128 * 1024 * 1024;

export function readOptions(given: AgentOptions): Result<ReadyOptions> {
  const { host = '127.0.0.1', otlpHttpPort = 4318, otlpGrpcPort = 4317, server = null, agentToken = null, forward = null, exporters = new Map(), gzip = false, queueBytes = defaultQueueBytes, rulesCpuShare = defaultCeiling.cpuShare, maxRssBytes = defaultCeiling.rssBytes, version = packageJson.version, dataDir } = given;
  if (server !== null && !agentToken) return failure('agent.no_token', 'The agent has the URL of a server but no token to show it.', 'Set WEIR_AGENT_TOKEN to the token that the server was started with.');
  if (!Number.isFinite(queueBytes) || queueBytes < 1024 * 1024) return failure('agent.bad_queue_bytes', `A queue of ${queueBytes} bytes is too small to hold a batch.`, 'Give at least 1048576 bytes.');
  if (!(rulesCpuShare > 0 && rulesCpuShare <= 1)) return failure('agent.bad_rules_cpu', `Rules cannot be held to ${rulesCpuShare} of a core.`, 'Give a share above 0 and at most 1, such as 0.25.');
  if (!(maxRssBytes >= leastRssBytes)) return failure('agent.bad_max_rss', `An agent does not run in ${maxRssBytes} bytes.`, `Give at least ${leastRssBytes} bytes.`);
  return ok({ dataDir, host, otlpHttpPort, otlpGrpcPort, server, agentToken: agentToken ?? '', forward, exporters, gzip, queueBytes, rulesCpuShare, maxRssBytes, version });
}
