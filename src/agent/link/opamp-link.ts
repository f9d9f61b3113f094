// The agent's side of OpAMP over WebSocket: says who it is, how it is and which rules are in force; takes rules and tail
// subscriptions; reports its status once a second. Control only: telemetry travels on the data link.
import { decodeUtf8, encodeUtf8, type Clock } from '../../base/index.ts';
import { weirCapability, type AgentStatus, type CanaryResult, type RedactionReport } from '../../model/index.ts';
import {
  agentCapabilities, decodeServerFrame, encodeAgentFrame, remoteConfigStatuses, serverErrorTypes, serverToAgentFlags,
  type AgentDescription, type AgentRemoteConfig, type AgentToServer, type ComponentHealth, type CustomMessage, type Draft, type ServerErrorResponse,
} from '../../model/opamp/index.ts';
import type { OpenSocket, Random } from '../ports/index.ts';
import type { Identity } from './identity.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';
import type { RulesStore } from './rules-store.ts';

export interface OpampLinkOptions {
  readonly url: string;
  readonly bearer: string;
  readonly openSocket: OpenSocket;
  readonly random: Random;
  readonly clock: Clock;
  readonly identity: Identity;
  readonly rules: RulesStore;
  /** What to do with a custom message, by its type; the answer says what was wrong with it, or is empty. */
  readonly handlers: ReadonlyMap<string, (content: unknown) => string>;
  readonly describe: () => AgentDescription;
  readonly health: () => ComponentHealth;
  /** The instance uid changed. */
  readonly onIdentity: () => void;
  /** The connection is there, and the server knows this agent. */
  readonly onOpen?: () => void;
  /** The connection is gone, and what the server had asked for with it. */
  readonly onClosed: () => void;
}

const capabilities = agentCapabilities.reportsStatus | agentCapabilities.acceptsRemoteConfig | agentCapabilities.reportsEffectiveConfig
  | agentCapabilities.reportsHealth | agentCapabilities.reportsRemoteConfig;
const maxServerWaitMs = 600_000;

export class OpampLink {
  readonly #options: OpampLinkOptions;
  readonly #socket: ReconnectingSocket;
  #sequence = 0;
  #reportedHealth = '';
  /** Remote configs are applied one after another, in the order they came. */
  #applying: Promise<void> = Promise.resolve();
  /** Why there is no connection, or what the server complained about; empty when all is well. */
  problem = '';

  constructor(options: OpampLinkOptions) {
    this.#options = options;
    this.#socket = new ReconnectingSocket({
      openSocket: options.openSocket, url: () => options.url, bearer: options.bearer, random: options.random,
      onOpen: () => { this.problem = ''; this.#reportEverything(); options.onOpen?.(); },
      onMessage: (bytes) => this.#receive(bytes),
      onClosed: (why) => { this.problem = why; options.onClosed(); },
    });
  }

  start(): void { this.#socket.start(); }

  async stop(): Promise<void> {
    this.#send({ agentDisconnect: {} });
    this.#socket.stop();
    await this.#applying;
  }

  get isOpen(): boolean { return this.#socket.isOpen; }

  /** Once a second: the status, and the health when it changed. */
  report(status: AgentStatus): void {
    if (!this.#socket.isOpen) return;
    this.#sendCustom('status', status);
    const health = this.#options.health();
    if (fingerprint(health) !== this.#reportedHealth) this.#send({ health: this.#noteHealth(health) });
  }

  reportRedactions(report: RedactionReport): void { this.say('redaction.report', report); }
  reportCanary(result: CanaryResult): void { this.say('redaction.canary-result', result); }

  /** A custom message; nothing while there is no connection. */
  say(type: string, content: unknown): void { if (this.#socket.isOpen) this.#sendCustom(type, content); }

  /** Rules turned themselves off: what is in force is no longer what was configured. */
  reportEffective(): void {
    if (this.#socket.isOpen) this.#send({ effectiveConfig: { configMap: this.#options.rules.effective } });
  }

  #reportEverything(): void {
    const { describe, health, rules } = this.#options;
    this.#send({
      agentDescription: describe(), health: this.#noteHealth(health()), effectiveConfig: { configMap: rules.effective },
      remoteConfigStatus: rules.status, customCapabilities: { capabilities: [weirCapability] },
    });
  }

  #noteHealth(health: ComponentHealth): ComponentHealth {
    this.#reportedHealth = fingerprint(health);
    return health;
  }

  #send(message: Draft<AgentToServer>): void {
    this.#socket.send(encodeAgentFrame({ ...message, instanceUid: this.#options.identity.bytes, sequenceNum: ++this.#sequence, capabilities }));
  }

  #sendCustom(type: string, content: unknown): void {
    this.#send({ customMessage: { capability: weirCapability, type, data: encodeUtf8(JSON.stringify(content)) } });
  }

  #receive(bytes: Uint8Array): void {
    const decoded = decodeServerFrame(bytes);
    if (!decoded.ok) { this.problem = decoded.error.message; return; }
    const message = decoded.value;
    if (message.errorResponse !== undefined) this.#complained(message.errorResponse);
    if (message.agentIdentification !== undefined) void this.#rename(message.agentIdentification.newInstanceUid);
    if (message.flags & serverToAgentFlags.reportFullState) this.#reportEverything();
    if (message.remoteConfig !== undefined) this.#offer(message.remoteConfig);
    if (message.customMessage?.capability === weirCapability) this.#custom(message.customMessage);
  }

  #complained({ type, errorMessage, retryInfo }: ServerErrorResponse): void {
    this.problem = `The server answered with an error: ${errorMessage || 'it gave no reason'}`;
    if (type !== serverErrorTypes.unavailable) return;
    this.#socket.reconnect(retryInfo === undefined ? null : Math.min(maxServerWaitMs, Number(retryInfo.retryAfterNanoseconds / 1_000_000n)));
  }

  async #rename(uid: Uint8Array): Promise<void> {
    if (await this.#options.identity.replace(uid)) this.#options.onIdentity();
  }

  #offer(offer: AgentRemoteConfig): void {
    this.#applying = this.#applying.then(() => this.#apply(offer)).catch((error: unknown) => { this.problem = `A config could not be applied: ${String(error)}`; });
  }

  async #apply({ config, configHash }: AgentRemoteConfig): Promise<void> {
    const { rules } = this.#options;
    if (!rules.isApplied(configHash)) {
      this.#send({ remoteConfigStatus: { lastRemoteConfigHash: configHash, status: remoteConfigStatuses.applying } });
      await rules.apply(config, configHash);
    }
    this.#send({ remoteConfigStatus: rules.status, effectiveConfig: { configMap: rules.effective } });
  }

  /** A server that is newer than this agent may ask for what it does not know. */
  #custom({ type, data }: CustomMessage): void {
    const problem = this.#options.handlers.get(type)?.(parseJson(data)) ?? '';
    if (problem !== '') this.problem = problem;
  }
}

/** Health without its times: only a change of substance is worth a message. */
const fingerprint = ({ healthy, lastError, status, componentHealthMap }: ComponentHealth): string =>
  JSON.stringify([healthy, lastError, status, [...componentHealthMap].map(([name, part]) => [name, fingerprint(part)])]);

function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(data));
  } catch {
    return undefined;
  }
}
