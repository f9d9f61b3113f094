// OpAMP over one WebSocket: frames in and out, the sequence check, Weir's custom messages, and noticing a peer that is gone.
import type { WebSocket } from 'ws';
import { agentStatus, weirCapability, type AgentId } from '../../model/index.ts';
import {
  decodeAgentFrame, encodeServerFrame, instanceUidToHex, serverErrorTypes, serverToAgentFlags,
  type AgentToServer, type CustomMessage, type Draft, type ServerToAgent,
} from '../../model/opamp/index.ts';
import type { Agent, AgentConnection } from './agent.ts';
import type { Fleet } from './fleet.ts';

/** The largest message says back a whole configuration (rules/commit.ts bounds it). */
const maxMessageBytes = 24 * 1024 * 1024;
/** An agent that does not read its control messages is as good as gone. */
const maxBufferedBytes = 16 * 1024 * 1024;

export class OpampSocket implements AgentConnection {
  readonly #socket: WebSocket;
  readonly #fleet: Fleet;
  #agent: Agent | null = null;
  #sequence: number | null = null;
  /** A uid that this peer was told to give up: what it still sends under it is nobody's. */
  #refusedId: AgentId | null = null;
  #alive = true;

  constructor(socket: WebSocket, fleet: Fleet) {
    this.#socket = socket;
    this.#fleet = fleet;
    socket.on('message', (data, isBinary) => { this.#alive = true; this.#receive(data as Buffer, isBinary); });
    socket.on('pong', () => { this.#alive = true; });
    socket.on('close', () => { if (this.#agent !== null) fleet.disconnect(this.#agent, this); });
  }

  send(message: Draft<ServerToAgent>): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > maxBufferedBytes) return this.#socket.terminate();
    this.#socket.send(encodeServerFrame(message));
  }

  close(why: string): void { this.#socket.close(1000, why); }

  /** Every few seconds: a peer that has said nothing since the last call, not even pong, is gone. */
  checkAlive(): void {
    if (!this.#alive) return this.#socket.terminate();
    this.#alive = false;
    this.#socket.ping();
  }

  #receive(data: Buffer, isBinary: boolean): void {
    const decoded = isBinary && data.length <= maxMessageBytes ? decodeAgentFrame(data) : null;
    if (decoded === null || !decoded.ok) return this.#complain(decoded?.error.message ?? 'OpAMP messages are binary frames of at most 24 MiB.');
    if (decoded.value.instanceUid.length !== 16) return this.#complain('The instance uid of an agent has 16 bytes.');
    this.#accept(decoded.value);
  }

  #accept(message: AgentToServer): void {
    const id = instanceUidToHex(message.instanceUid) as AgentId;
    if (id === this.#refusedId) return;
    const greeting = this.#agent?.id !== id;
    if (greeting && this.#refuse(id, message)) return;
    const agent = greeting ? this.#bind(id) : this.#agent as Agent;
    const missed = this.#sequence !== null && message.sequenceNum !== this.#sequence + 1;
    const incomplete = greeting && message.agentDescription === undefined;
    this.#sequence = message.sequenceNum;
    this.#fleet.receive(agent, message, greeting);
    if (missed || incomplete) this.#fleet.send(agent, { flags: serverToAgentFlags.reportFullState });
    if (message.customMessage?.capability === weirCapability) this.#custom(agent, message.customMessage);
    if (message.agentDisconnect !== undefined) this.close('Goodbye.');
  }

  /** OpAMP, "Duplicate instance uids": the newcomer gets another uid and takes it for all that follows. */
  #refuse(id: AgentId, message: AgentToServer): boolean {
    const newInstanceUid = this.#fleet.otherUid(id, message);
    if (newInstanceUid === null) return false;
    this.#refusedId = id;
    this.#sequence = null;
    // What it described of itself went to nobody, so it is asked to say it again.
    this.send({ instanceUid: message.instanceUid, agentIdentification: { newInstanceUid }, flags: serverToAgentFlags.reportFullState });
    return true;
  }

  /** One socket is one agent; should its uid change, the old one is away from now on. */
  #bind(id: AgentId): Agent {
    if (this.#agent !== null) this.#fleet.disconnect(this.#agent, this);
    return this.#agent = this.#fleet.connect(id, this);
  }

  #custom(agent: Agent, { type, data }: CustomMessage): void {
    if (type !== 'status') return this.#fleet.receiveCustom(agent, type, data);
    const status = agentStatus.safeParse(parseJson(data));
    if (status.success) this.#fleet.receiveStatus(agent, status.data);
    else this.#complain(`The status report of this agent is not valid: ${status.error.issues[0]?.path.join('.') ?? 'not JSON'}.`);
  }

  #complain(errorMessage: string): void { this.send({ errorResponse: { type: serverErrorTypes.badRequest, errorMessage } }); }
}

function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return undefined;
  }
}
