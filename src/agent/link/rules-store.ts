// The agent's rules: applied to the pipeline all or nothing, and the last good set kept on disk, so that an agent starts with
// its rules when the server is away. Beside them, the deployments that turned themselves off: they stay off after a restart.
import { z } from 'zod';
import { decodeUtf8, encodeUtf8, failure, ok, type Result } from '../../base/index.ts';
import type { DisabledRule, Pipeline } from '../../engine/index.ts';
import { agentConfig, agentConfigFile, agentDisabledFile, disabledRules, type AgentConfig, type AgentRuleInput } from '../../model/index.ts';
import { instanceUidToHex, remoteConfigStatuses, type AgentConfigMap, type RemoteConfigStatus } from '../../model/opamp/index.ts';
import type { Files } from '../ports/index.ts';

const fileName = 'rules.json';
const disabledName = 'disabled.json';
const stored = z.object({ version: z.literal(1), configHash: z.string().regex(/^([0-9a-f]{2})*$/), config: agentConfig });
const disabledList = z.object({ version: z.literal(1), rules: z.array(z.unknown()) });
const noRules: AgentConfig = { version: 1, revision: 0, rules: [] };
/** In force while rules were there and cannot be read: some of them may have covered secrets. */
const failSafe: AgentRuleInput = { id: 'weir-fail-safe', name: 'weir-fail-safe', version: 1, order: 0, plan: null, policy: {} };

/** What runs them. */
export type RuleTarget = Pick<Pipeline, 'replaceRules' | 'defineRecorders'>;

export class RulesStore {
  readonly #files: Files;
  readonly #pipeline: RuleTarget;
  #config: AgentConfig = noRules;
  #disabled: readonly DisabledRule[] = [];
  #saving: Promise<void> = Promise.resolve();
  #status: RemoteConfigStatus = { lastRemoteConfigHash: new Uint8Array(0), status: remoteConfigStatuses.unset, errorMessage: '' };
  #problem = '';
  /** What the list of disabled rules on disk lost; said until the list is written anew. */
  #lostDisabled = '';
  #recorderProblem = '';

  constructor(files: Files, pipeline: RuleTarget) {
    this.#files = files;
    this.#pipeline = pipeline;
  }

  get status(): RemoteConfigStatus { return this.#status; }
  /** What the health report should say about the rules; empty when all is well. */
  get problem(): string { return [this.#problem, this.#lostDisabled, this.#recorderProblem].filter((problem) => problem !== '').join(' '); }
  get running(): AgentConfig['rules'] { return this.#config.rules; }
  get effective(): AgentConfigMap {
    const file = (content: unknown): { body: Uint8Array; contentType: string } => ({ body: encodeUtf8(JSON.stringify(content)), contentType: 'application/json' });
    const configMap = new Map([[agentConfigFile, file(this.#config)]]);
    if (this.#disabled.length > 0) configMap.set(agentDisabledFile, file({ version: 1, rules: this.#disabled }));
    return { configMap };
  }

  /** Last good rules from disk. What cannot be read is reported, and the agent runs without rules. */
  async load(): Promise<void> {
    await this.#loadDisabled();
    const content = await this.#files.read(fileName);
    if (content.ok && content.value === null) return;
    const saved = content.ok ? parseJson(stored, decodeUtf8(content.value!), `The rules on disk (${fileName})`) : content;
    if (!saved.ok) { this.#failSafe(`${saved.error.message} The agent runs without them until the server sends them.`); return; }
    this.#defineRecorders(saved.value.config);
    const applied = this.#pipeline.replaceRules(saved.value.config.rules, this.#disabled);
    if (!applied.ok) { this.#loadSome(saved.value.config, applied.error.message); return; }
    this.#config = saved.value.config;
    this.#status = { lastRemoteConfigHash: Buffer.from(saved.value.configHash, 'hex'), status: remoteConfigStatuses.applied, errorMessage: '' };
  }

  /** Rules of another version of the agent: what this one takes of them runs, above all what redacts. The server offers them anew. */
  #loadSome(config: AgentConfig, why: string): void {
    const rules = config.rules.filter((rule) => this.#pipeline.replaceRules([rule]).ok);
    const applied = this.#pipeline.replaceRules(rules, this.#disabled);
    if (applied.ok) this.#config = { ...config, rules };
    if (!applied.ok || config.rules.some((rule) => mayRedact(rule) && !rules.includes(rule))) {
      this.#failSafe(`${why} Of the ${config.rules.length} rules on disk, ${rules.length} could be read.`, rules);
      return;
    }
    this.#problem = `${why} Of the ${config.rules.length} rules on disk, ${applied.ok ? rules.length : 0} run until the server sends them anew.`;
  }

  /** Nobody knows what the rules hid, so everything is hidden that any detector finds. */
  #failSafe(why: string, rules: AgentConfig['rules'] = []): void {
    const applied = this.#pipeline.replaceRules([...rules, failSafe], this.#disabled);
    this.#problem = `${why} Until then it masks every secret that it can find.${applied.ok ? '' : ` That failed too: ${applied.error.message}`}`;
  }

  async #loadDisabled(): Promise<void> {
    const content = await this.#files.read(disabledName);
    if (content.ok && content.value === null) return;
    const saved = content.ok ? parseJson(disabledList, decodeUtf8(content.value!), `The list of disabled rules on disk (${disabledName})`) : content;
    if (!saved.ok) { this.#lostDisabled = `${saved.error.message} Rules that had turned themselves off start again.`; return; }
    const entries = saved.value.rules.map((entry) => disabledRules.shape.rules.element.safeParse(entry));
    this.#disabled = entries.flatMap(({ data }) => (data === undefined ? [] : [data]));
    const lost = entries.length - this.#disabled.length;
    if (lost > 0) this.#lostDisabled = `${lost} of ${entries.length} entries in the list of disabled rules on disk (${disabledName}) cannot be read. Those rules start again.`;
  }

  /** Rules that turned themselves off: from now on, and after a restart, until a new deployment of them comes. */
  async noteDisabled(ended: readonly DisabledRule[]): Promise<void> {
    this.#disabled = [...this.#disabled, ...ended];
    await this.#saveDisabled();
  }

  /** When everything so far is on disk. */
  settled(): Promise<void> { return this.#saving; }

  /** One write after another, each of what is true by then. */
  #saveDisabled(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      const saved = await this.#files.writeAtomically(disabledName, encodeUtf8(JSON.stringify({ version: 1, rules: this.#disabled })));
      if (saved.ok) this.#lostDisabled = '';
      else this.#problem = `Rules turned themselves off, which could not be saved for the next start: ${saved.error.message}`;
    });
    return this.#saving;
  }

  /** Deployments that are gone need not be remembered. */
  async #forgetGone(): Promise<void> {
    const running = new Set(this.#config.rules.map(deploymentOf));
    const still = this.#disabled.filter((rule) => running.has(deploymentOf(rule)));
    if (still.length === this.#disabled.length) return;
    this.#disabled = still;
    await this.#saveDisabled();
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
    this.#problem = saved.ok ? '' : `The rules are in force but could not be saved for the next start: ${saved.error.message}`;
    if (saved.ok) await this.#forgetGone();
  }

  /** Definitions that cannot be used leave those of before in force. */
  #defineRecorders({ recorders = [] }: AgentConfig): void {
    const defined = this.#pipeline.defineRecorders(recorders);
    this.#recorderProblem = defined.ok ? '' : `Flight recorders stay as they were defined before: ${defined.error.message}`;
  }

  #replace(offered: AgentConfigMap | undefined): Result<AgentConfig> {
    const file = offered?.configMap.get(agentConfigFile);
    if (file === undefined) return failure('agent.no_rules_file', `The config from the server has no file "${agentConfigFile}".`);
    const config = parseJson(agentConfig, decodeUtf8(file.body), 'The config from the server');
    if (!config.ok) return config;
    this.#defineRecorders(config.value);
    const replaced = this.#pipeline.replaceRules(config.value.rules, this.#disabled, 'rule-by-rule');
    return replaced.ok ? ok(config.value) : replaced;
  }
}

/** A rule that this agent cannot read is asked in plain text. */
const mayRedact = ({ plan, policy }: AgentConfig['rules'][number]): boolean => policy !== null || JSON.stringify(plan ?? null).includes('"redact"');

/** A deployment may go on under a new version; without a number the version tells. */
const deploymentOf = ({ id, version, deployment }: { readonly id: string; readonly version: number; readonly deployment: number }): string => (deployment > 0 ? `${id}#${deployment}` : `${id}@${version}`);

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
