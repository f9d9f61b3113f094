// The two sockets of the tail: a browser's, JSON requests in and notices and frames out; an agent's data socket, frames in.
import type { WebSocket } from 'ws';
import { maxKqlText, tailRequest, type TailNotice, type TailRequest } from '../../model/index.ts';
import type { Fleet } from '../fleet/index.ts';
import type { TailHub } from './tail-hub.ts';
import type { TailSink } from './tail.ts';

/** Every character may be escaped. */
const maxRequestBytes = 512 * 1024;
/** WebSocket close codes of RFC 6455, section 7.4.1. */
const unsupported = 1003;
const policy = 1008;
const tryAgainLater = 1013;

export function acceptBrowser(socket: WebSocket, hub: TailHub): void {
  const tail = hub.open(sinkOf(socket));
  if (tail === null) return socket.close(tryAgainLater, 'Too many tails are open.');
  socket.on('message', (data, isBinary) => {
    const request = isBinary ? null : parseRequest(data as Buffer);
    if (request === 'too long') return tail.notify(tooLong);
    if (request === null) return socket.close(policy, 'A tail request is JSON of the shape in /api/v1/openapi.json.');
    void hub.request(tail, request);
  });
  socket.on('close', () => { hub.close(tail); });
}

/** The agent must have said hello over OpAMP before frames of its make sense; until then they are dropped as strays. */
export function acceptAgentData(socket: WebSocket, agentId: string, hub: TailHub, fleet: Fleet): void {
  if (!/^[0-9a-f]{32}$/.test(agentId)) return socket.close(policy, 'Give the instance uid as ?agent=<32 hex digits>.');
  socket.on('message', (data, isBinary) => {
    if (!isBinary) return socket.close(unsupported, 'Tail frames are binary.');
    const agent = fleet.find(agentId);
    if (agent === null) hub.strayFrames++;
    else hub.route(agent, data as Buffer);
  });
}

const sinkOf = (socket: WebSocket): TailSink => ({
  sendText: (text) => { if (socket.readyState === socket.OPEN) socket.send(text); },
  sendBytes: (bytes) => { if (socket.readyState === socket.OPEN) socket.send(bytes, { binary: true }); },
  get bufferedBytes() { return socket.bufferedAmount; },
});

const tooLong: TailNotice = { type: 'rejected', diagnostics: [{
  severity: 'error', code: 'tail.filter-too-long', message: `The filter is too long: it may have ${maxKqlText.toLocaleString('en')} characters.`, start: 0, end: 0,
  help: 'Match a shorter part, or put long lists of texts into a rule. What was shown before goes on.',
}] };

/** Null for what is no request at all. */
function parseRequest(data: Buffer): TailRequest | 'too long' | null {
  if (data.length > maxRequestBytes) return 'too long';
  const parsed = tailRequest.safeParse(parseJson(data.toString('utf8')));
  if (parsed.success) return parsed.data;
  return parsed.error.issues.every(({ code, path }) => code === 'too_big' && path[0] === 'kql') ? 'too long' : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
