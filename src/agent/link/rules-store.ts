// The agent's rules: applied to the pipeline all or nothing, and the last good set kept on disk, so that an agent starts with
// its rules when the server is away.
import { z } from 'zod';
import { decodeUtf8, encodeUtf8, failure, ok, type Result } from '../../base/index.ts';
import type { Pipeline } from '../../engine/index.ts';
import { agentConfig, agentConfigFile, type AgentConfig } from '../../model/index.ts';
import { instanceUidToHex, remoteConfigStatuses, type AgentConfigMap, type RemoteConfigStatus } from '../../model/opamp/index.ts';
import type { Files } from '../ports/index.ts';

const fileName = 'rules.json';
const stored = z.object({ version: z.literal(1), configHash: z.string().regex(/^([0-9a-f]{2})*$/), config: agentConfig });
const noRules: AgentConfig = { version: 1, revision: 0, rules: [] };

export class RulesStore {
  readonly #files: Files;
  readonly #pipeline: Pick<Pipeline, 'replaceRules'>;
  #config: AgentConfig = noRules;
  #status: RemoteConfigStatus = { lastRemoteConfigHash: new Uint8Array(0), status: remoteConfigStatuses.unset, errorMessage: '' };
  /** What the health report should say about the rules; empty when all is well. */
  problem = '';

  constructor(files: Files, pipeline: Pick<Pipeline, 'replaceRules'>) {
    this.#files = files;
    this.#pipeline = pipeline;
  }

  get status(): RemoteConfigStatus { return this.#status; }
  get effective(): AgentConfigMap {
    return { configMap: new Map([[agentConfigFile, { body: encodeUtf8(JSON.stringify(this.#config)), contentType: 'application/json' }]]) };
  }

  /** Last good rules from disk. What cannot be read is reported, and the agent runs without rules. */
  async load(): Promise<void> {
    const content = await this.#files.read(fileName);
    if (content.ok && content.value === null) return;
    const saved = content.ok ? parseJson(stored, decodeUtf8(content.value!), `The rules on disk (${fileName})`) : content;
    const applied = saved.ok ? this.#pipeline.replaceRules(saved.value.config.rules) : saved;
    if (!saved.ok || !applied.ok) {
      this.problem = `${(applied.ok ? '' : applied.error.message)} The agent runs without rules until the server sends them.`.trim();
      return;
    }
    this.#config = saved.value.config;
    this.#status = { lastRemoteConfigHash: Buffer.from(saved.value.configHash, 'hex'), status: remoteConfigStatuses.applied, errorMessage: '' };
  }

  /** True when this very config is in force already. */
  isApplied(hash: Uint8Array): boolean {
    return this.#status.status === remoteConfigStatuses.applied && instanceUidToHex(hash) === instanceUidToHex(this.#status.lastRemoteConfigHash);
  }

  /** A config from the server. On failure the rules in force stay in force, and `status` says why. */
  async apply(offered: AgentConfigMap | undefined, hash: Uint8Array): Promise<void> {
    const config = this.#replace(offered);
    if (!config.ok) {
      this.#status = { lastRemoteConfigHash: hash, status: remoteConfigStatuses.failed, errorMessage: config.error.help === undefined ? config.error.message : `${config.error.message} ${config.error.help}` };
      return;
    }
    this.#config = config.value;
    this.#status = { lastRemoteConfigHash: hash, status: remoteConfigStatuses.applied, errorMessage: '' };
    const saved = await this.#files.writeAtomically(fileName, encodeUtf8(JSON.stringify({ version: 1, configHash: instanceUidToHex(hash), config: config.value })));
    this.problem = saved.ok ? '' : `The rules are in force but could not be saved for the next start: ${saved.error.message}`;
  }

  #replace(offered: AgentConfigMap | undefined): Result<AgentConfig> {
    const file = offered?.configMap.get(agentConfigFile);
    if (file === undefined) return failure('agent.no_rules_file', `The config from the server has no file "${agentConfigFile}".`);
    const config = parseJson(agentConfig, decodeUtf8(file.body), 'The config from the server');
    if (!config.ok) return config;
    const replaced = this.#pipeline.replaceRules(config.value.rules);
    return replaced.ok ? ok(config.value) : replaced;
  }
}

function parseJson<T>(schema: z.ZodType<T>, text: string, what: string): Result<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failure('agent.bad_config', `${what} is not JSON: ${(error as Error).message}.`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return failure('agent.bad_config', `${what} is not valid at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown reason'}.`);
}
