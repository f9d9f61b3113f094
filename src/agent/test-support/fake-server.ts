// A small server for tests: both WebSockets that an agent opens, and what came over them.
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { encodeUtf8 } from '../../base/index.ts';
import { agentConfigFile, agentStatus, decodeTailFrame, weirCapability, type AgentConfig, type AgentStatus, type TailFrame } from '../../model/index.ts';
import { decodeAgentFrame, encodeServerFrame, type AgentToServer, type Draft, type ServerToAgent } from '../../model/opamp/index.ts';

export class FakeServer {
  readonly messages: AgentToServer[] = [];
  readonly frames: TailFrame[] = [];
  readonly requests: { path: string; authorization: string | undefined }[] = [];
  control: WebSocket | null = null;
  data: WebSocket | null = null;
  /** How often a data connection was turned away since `refuseData` was called; null: they are let in. */
  dataRefused: number | null = null;
  #server: WebSocketServer | null = null;

  async start(port = 0): Promise<string> {
    const server = this.#server = new WebSocketServer({ host: '127.0.0.1', port, verifyClient: ({ req }: { req: { url?: string } }) => this.#lets(req.url ?? '') });
    server.on('connection', (socket, request) => {
      const path = request.url ?? '';
      this.requests.push({ path, authorization: request.headers.authorization });
      if (path.startsWith('/v1/opamp')) this.#onControl(socket);
      else this.#onData(socket);
    });
    await new Promise((resolve) => { server.on('listening', resolve); });
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#server?.clients ?? []) socket.terminate();
    await new Promise((resolve) => { if (this.#server === null) resolve(null); else this.#server.close(resolve); });
  }

  /** Cuts both connections and forgets what came over them; the agent may come back at once, to the same address. */
  cut(): void {
    this.messages.length = 0;
    this.frames.length = 0;
    this.control = this.data = null;
    for (const socket of this.#server?.clients ?? []) socket.terminate();
  }

  /** Cuts the data connection and lets in no other one. */
  refuseData(): void {
    this.dataRefused = 0;
    this.data?.terminate();
    this.data = null;
  }
  acceptData(): void { this.dataRefused = null; }

  #lets(path: string): boolean {
    if (this.dataRefused === null || path.startsWith('/v1/opamp')) return true;
    this.dataRefused++;
    return false;
  }

  send(message: Draft<ServerToAgent>): void { this.control?.send(encodeServerFrame(message)); }
  sendCustom(type: string, content: unknown): void { this.send({ customMessage: { capability: weirCapability, type, data: encodeUtf8(JSON.stringify(content)) } }); }
  offer(config: AgentConfig | unknown, hash: number): void {
    this.send({ remoteConfig: { configHash: Uint8Array.of(hash), config: { configMap: new Map([[agentConfigFile, { body: encodeUtf8(JSON.stringify(config)) }]]) } } });
  }

  /** The status reports so far, checked by the schema that the BFF uses. */
  statuses(): AgentStatus[] {
    return this.messages.filter(({ customMessage }) => customMessage?.type === 'status').map(({ customMessage }) => agentStatus.parse(JSON.parse(Buffer.from(customMessage!.data).toString())));
  }
  configStatuses(): { status: number; error: string; hash: number }[] {
    return this.messages.flatMap(({ remoteConfigStatus: given }) => (given === undefined ? [] : [{ status: given.status, error: given.errorMessage, hash: given.lastRemoteConfigHash[0] ?? -1 }]));
  }

  #onControl(socket: WebSocket): void {
    this.control = socket;
    socket.on('message', (bytes: Buffer) => {
      const decoded = decodeAgentFrame(bytes);
      if (decoded.ok) this.messages.push(decoded.value);
    });
  }

  #onData(socket: WebSocket): void {
    this.data = socket;
    socket.on('message', (bytes: Buffer) => {
      const frame = decodeTailFrame(bytes);
      if (frame !== null) this.frames.push(frame);
    });
  }
}
