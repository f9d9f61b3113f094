// OpAMP (Open Agent Management Protocol) messages and their WebSocket framing. Pure; agent and server meet here.
import { failure, ok, type Result } from '../../base/index.ts';
import { decodeMessage, encodeMessage, type Loose } from './codec.ts';
import type { AgentToServer, AttributeValue, Draft, KeyValue, ServerToAgent } from './messages.ts';
import { agentToServerSchema, serverToAgentSchema, type MessageSchema } from './schema.ts';
import { MalformedMessage, WireReader } from './wire.ts';

export * from './messages.ts';

export const encodeAgentToServer = (message: Draft<AgentToServer>): Uint8Array => encodeMessage(agentToServerSchema, message as Loose);
export const encodeServerToAgent = (message: Draft<ServerToAgent>): Uint8Array => encodeMessage(serverToAgentSchema, message as Loose);

/** Bytes of the message itself (HTTP transport). Unknown fields are ignored; malformed bytes are a Failure, never an exception. */
export const decodeAgentToServer = (bytes: Uint8Array): Result<AgentToServer> => decode<AgentToServer>(agentToServerSchema, bytes, 0);
export const decodeServerToAgent = (bytes: Uint8Array): Result<ServerToAgent> => decode<ServerToAgent>(serverToAgentSchema, bytes, 0);

/** One binary WebSocket message: a varint header, always 0 today, then the protobuf message. */
export const encodeAgentFrame = (message: Draft<AgentToServer>): Uint8Array => withHeader(encodeAgentToServer(message));
export const encodeServerFrame = (message: Draft<ServerToAgent>): Uint8Array => withHeader(encodeServerToAgent(message));

/** Accepts frames without the header too: older peers sent none, and no protobuf message begins with a zero byte. */
export const decodeAgentFrame = (frame: Uint8Array): Result<AgentToServer> => decode<AgentToServer>(agentToServerSchema, frame, headerLength(frame));
export const decodeServerFrame = (frame: Uint8Array): Result<ServerToAgent> => decode<ServerToAgent>(serverToAgentSchema, frame, headerLength(frame));

function withHeader(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(message.length + 1);
  frame.set(message, 1);
  return frame;
}

const headerLength = (frame: Uint8Array): number => (frame[0] === 0 ? 1 : 0);

function decode<T>(schema: MessageSchema, bytes: Uint8Array, start: number): Result<T> {
  try {
    // The tables of schema.ts and the types of messages.ts describe the same shapes; the round-trip tests hold them together.
    return ok(decodeMessage(schema, new WireReader(bytes, start)) as T);
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
    return failure('opamp.malformed', `This is not an OpAMP ${schema.name} message: ${error.message}.`, 'Check that the other side speaks OpAMP over WebSocket with protobuf.');
  }
}

/** 16 bytes to the 32 lower-case hex digits that Weir uses as AgentId, and back (null when it is not 16 bytes). */
export const instanceUidToHex = (uid: Uint8Array): string => Array.from(uid, (byte) => byte.toString(16).padStart(2, '0')).join('');
export function instanceUidFromHex(hex: string): Uint8Array | null {
  if (!/^[0-9a-f]{32}$/i.test(hex)) return null;
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

/** Attributes as plain text for display: the last of equal keys wins, lists and maps become JSON-like text. */
export function attributesToText(attributes: readonly KeyValue[]): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, valueToText(value)]));
}

function valueToText(value: AttributeValue): string {
  if (value === undefined) return '';
  if (value instanceof Uint8Array) return instanceUidToHex(value);
  if (value instanceof Map) return `{${[...value].map(([key, item]) => `${key}: ${valueToText(item)}`).join(', ')}}`;
  if (Array.isArray(value)) return `[${value.map(valueToText).join(', ')}]`;
  return String(value);
}
