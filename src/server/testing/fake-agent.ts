// An agent for tests, over real sockets: speaks OpAMP and sends tail frames, and remembers what the server told it.
import { WebSocket } from 'ws';
import { agentConfigFile, encodeTailFrame, weirCapability, type AgentConfig, type SubscriptionId } from '../../model/index.ts';
import {
  agentCapabilities, decodeServerFrame, encodeAgentFrame, instanceUidFromHex, remoteConfigStatuses,
  type AgentToServer, type Draft, type ServerToAgent,
} from '../../model/opamp/index.ts';

export interface FakeAgentOptions { readonly url: string; readonly agentToken: string; readonly id: string; readonly weir?: boolean; readonly host?: string }

export class FakeAgent {
  readonly received: ServerToAgent[] = [];
  #options: FakeAgentOptions;
  readonly #control: WebSocket;
  #sequence = 0;
  #waiting: (() => void)[] = [];

  private constructor(options: FakeAgentOptions, control: WebSocket) {
    this.#options = options;
    this.#control = control;
    control.on('message', (data) => { this.#receive(data as Buffer); });
    control.on('close', () => { this.#wake(); });
  }

  static async connect(options: FakeAgentOptions): Promise<FakeAgent> {
    let agent: FakeAgent | undefined;
    await openSocket(`${options.url.replace('http', 'ws')}/v1/opamp`, options.agentToken, {}, (socket) => { agent = new FakeAgent(options, socket); });
    (agent as FakeAgent).hello();
    return agent as FakeAgent;
  }

  hello(more: Draft<AgentToServer> = {}): void {
    const capabilities = agentCapabilities.reportsStatus | agentCapabilities.acceptsRemoteConfig | agentCapabilities.reportsEffectiveConfig;
    const attribute = (key: string, value: string) => ({ key, value });
    this.send({
      capabilities, agentDescription: { identifyingAttributes: [attribute('service.name', 'weir-agent'), attribute('service.version', '1.2.3')], nonIdentifyingAttributes: [attribute('host.name', this.#options.host ?? 'box')] },
      health: { healthy: true, status: 'ok' }, ...(this.#options.weir !== false && { customCapabilities: { capabilities: [weirCapability] } }), ...more,
    });
  }

  /** Takes another instance uid, as the server told it to. */
  rename(id: string): void { this.#options = { ...this.#options, id }; }

  send(message: Draft<AgentToServer>, skipSequence = 0): void {
    this.#sequence += 1 + skipSequence;
    this.#control.send(encodeAgentFrame({ instanceUid: instanceUidFromHex(this.#options.id) as Uint8Array, sequenceNum: this.#sequence, ...message }));
  }

  sendRaw(bytes: Uint8Array): void { this.#control.send(bytes); }
  sendCustom(type: string, content: unknown): void { this.send({ customMessage: { capability: weirCapability, type, data: Buffer.from(JSON.stringify(content)) } }); }

  /** Reports the newest offered configuration as applied and effective. */
  apply(): void {
    const offer = this.received.findLast((message) => message.remoteConfig !== undefined)?.remoteConfig;
    if (offer === undefined) throw new Error('No configuration has been offered.');
    this.send({ remoteConfigStatus: { lastRemoteConfigHash: offer.configHash, status: remoteConfigStatuses.applied }, effectiveConfig: { configMap: offer.config } });
  }

  /** Waits until a message for which `pick` gives something has come, or comes. */
  async until<T>(pick: (message: ServerToAgent) => T | undefined): Promise<T> {
    for (;;) {
      const found = this.received.map(pick).find((value) => value !== undefined);
      if (found !== undefined) return found;
      if (this.#control.readyState >= WebSocket.CLOSING) throw new Error('The connection ended before the message came.');
      await new Promise<void>((resolve) => { this.#waiting.push(resolve); });
    }
  }

  untilConfig(accept: (config: AgentConfig) => boolean): Promise<AgentConfig> {
    return this.until((message) => {
      const body = message.remoteConfig?.config?.configMap.get(agentConfigFile)?.body;
      const config = body === undefined ? undefined : JSON.parse(Buffer.from(body).toString()) as AgentConfig;
      return config !== undefined && accept(config) ? config : undefined;
    });
  }

  untilCustom<T>(type: string, accept: (content: T) => boolean = () => true): Promise<T> {
    return this.until(({ customMessage }) => {
      if (customMessage?.type !== type) return undefined;
      const content = JSON.parse(Buffer.from(customMessage.data).toString()) as T;
      return accept(content) ? content : undefined;
    });
  }

  openData(): Promise<WebSocket> { return openSocket(`${this.#options.url.replace('http', 'ws')}/v1/data?agent=${this.#options.id}`, this.#options.agentToken); }

  async close(): Promise<void> {
    if (this.#control.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => this.#control.once('close', resolve));
    this.#control.close();
    await closed;
  }

  async closed(): Promise<void> { if (this.#control.readyState !== WebSocket.CLOSED) await new Promise((resolve) => this.#control.once('close', resolve)); }

  #receive(data: Buffer): void {
    const message = decodeServerFrame(data);
    if (!message.ok) throw new Error(message.error.message);
    this.received.push(message.value);
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

export const tailFrame = (subscription: number, records: number, payload: Uint8Array, shedByAgent = 0): Uint8Array =>
  encodeTailFrame({ signal: 'logs', stage: 'out', subscription: subscription as SubscriptionId, records, shedByAgent, shedByServer: 0, agentOrdinal: 0, ratio: 1, sentUnixMs: 1, payload });

/** Rejects with the HTTP status when the server refuses. `prepare` sees the socket before any message can come. */
export function openSocket(url: string, token: string | null, headers: Record<string, string> = {}, prepare?: (socket: WebSocket) => void): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers } });
  prepare?.(socket);
  return new Promise((resolve, reject) => {
    socket.once('open', () => { resolve(socket); });
    socket.once('unexpected-response', (_request, response) => { reject(new Error(`status ${response.statusCode ?? 0}`)); socket.on('error', () => undefined); socket.terminate(); });
    socket.once('error', reject);
  });
}
