// One connection to a V8 inspector, as the Chrome DevTools Protocol has it: JSON texts over a WebSocket, `id` joins an answer to its
// call. Big results are handed on as bytes, unparsed: a profile of 50 MB would block the agent. The other end is a process that is looked into: it may
// send anything. What is not understood, throws here, or is larger than what was asked for closes the connection, and what waits for it is told why.
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { megabytes } from '../contract.ts';

type Handler = (params: Record<string, unknown>) => void;
interface Waiting { readonly mostBytes: number; readonly take: (message: Buffer) => void; readonly fail: (error: Error) => void }
export interface CallBounds {
  readonly timeoutMs?: number;
  /** Of the answer; one that is longer ends the connection. */
  readonly mostBytes?: number;
}

const handshakeTimeoutMs = 5000;
/** Whatever is asked for. */
const maxMessageBytes = 512 * 1024 * 1024;
/** Of an event, and of an answer unless the call says otherwise: the source of a large script has its place. */
const usualBytes = 32 * 1024 * 1024;
/** Of a value that is asked for. */
const valueBytes = 4 * 1024 * 1024;
/** Of anything while no events were asked for. */
const littleBytes = 1024 * 1024;
/** What is read at once may belong to the next message. */
const slackBytes = 256 * 1024;
const callTimeoutMs = 15_000;

export class CdpSession {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #handlers = new Map<string, Handler>();
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>;
  #lastId = 0;
  /** Bytes of the message that is under way. */
  #underWay = 0;
  #why = 'the inspector closed the connection';

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => { this.#receive(data as Buffer); });
    socket.on('error', ({ message }) => { this.#why = `the connection to the inspector failed: ${message}`; });
    this.closed = new Promise((resolve) => { socket.once('close', () => { this.#lost(); resolve(); }); });
  }

  static async connect(url: string): Promise<CdpSession> {
    const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: handshakeTimeoutMs, maxPayload: maxMessageBytes });
    const session = new CdpSession(socket);
    // Counted as it comes: the WebSocket itself holds a message until it is whole.
    socket.once('upgrade', ({ socket: stream }: IncomingMessage) => { stream.on('data', (chunk: Buffer) => { session.#count(chunk.length); }); });
    await new Promise<void>((resolve, reject) => { socket.once('open', resolve); socket.once('error', reject); socket.once('close', () => { reject(new Error(session.#why)); }); });
    return session;
  }

  /** Rejects when the inspector answers with an error, not in time, or goes away. */
  async call<T = Record<string, unknown>>(method: string, params: object = {}, bounds: CallBounds = {}): Promise<T> {
    const answer = JSON.parse((await this.callRaw(method, params, bounds)).toString('utf8')) as { result?: T | null; error?: { message: string } };
    if (answer.result === undefined || answer.result === null || typeof answer.result !== 'object') throw new Error(`${method}: ${answer.error?.message ?? 'no result'}`);
    return answer.result;
  }

  /** The whole answer as it came. */
  callRaw(method: string, params: object = {}, { timeoutMs = callTimeoutMs, mostBytes = usualBytes }: CallBounds = {}): Promise<Buffer> {
    const id = ++this.#lastId;
    return new Promise<Buffer>((resolve, reject) => {
      const deadline = setTimeout(() => { this.#waiting.get(id)?.fail(new Error(`${method}: no answer within ${timeoutMs / 1000} s`)); }, timeoutMs);
      const settle = (): void => { clearTimeout(deadline); this.#waiting.delete(id); };
      this.#waiting.set(id, { mostBytes, take: (message) => { settle(); resolve(message); }, fail: (error) => { settle(); reject(error); } });
      this.#socket.send(JSON.stringify({ id, method, params }), (failed) => { if (failed) this.#waiting.get(id)?.fail(failed); });
    });
  }

  /** JavaScript in the target; promises are waited for, and the value comes back as JSON. */
  async evaluate<T>(expression: string, timeoutMs = callTimeoutMs): Promise<T> {
    const { result, exceptionDetails } = await this.call<{ result: { value: T }; exceptionDetails?: { text: string; exception?: { description?: string } } }>(
      'Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true, includeCommandLineAPI: true, silent: true }, { timeoutMs, mostBytes: valueBytes });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description?.split('\n')[0] ?? exceptionDetails.text);
    return result.value;
  }

  on(event: string, handler: Handler): void { this.#handlers.set(event, handler); }

  /** Holds back what comes in while a file is slow. */
  pause(): void { if (this.#socket.readyState === WebSocket.OPEN) this.#socket.pause(); }
  resume(): void { this.#socket.resume(); }

  close(): void { this.#socket.terminate(); }

  /** Nothing that comes in may throw beyond this: there is nobody above who could catch it. */
  #receive(message: Buffer): void {
    this.#underWay = 0;
    try {
      this.#take(message);
    } catch (failed) {
      this.#end(`the inspector sent what is not understood (${failed instanceof Error ? failed.message : String(failed)})`);
    }
  }

  #take(message: Buffer): void {
    const id = Number(/^\{"id":(\d+)/.exec(message.toString('latin1', 0, 24))?.[1]);
    if (!Number.isNaN(id)) { this.#answered(id, message); return; }
    if (message.length > usualBytes) throw new Error(`an event of ${megabytes(message.length)}`);
    const event: unknown = JSON.parse(message.toString('utf8'));
    if (!isObject(event) || typeof event['method'] !== 'string') throw new Error('neither an answer nor an event');
    const { method, params = {} } = event;
    if (!isObject(params)) throw new Error(`${method} without parameters`);
    this.#handlers.get(method)?.(params);
  }

  #answered(id: number, message: Buffer): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    if (message.length > waiting.mostBytes) throw new Error(`an answer of ${megabytes(message.length)}; ${megabytes(waiting.mostBytes)} are allowed`);
    waiting.take(message);
  }

  #count(bytes: number): void {
    this.#underWay += bytes;
    const most = Math.max(this.#handlers.size > 0 ? usualBytes : littleBytes, ...[...this.#waiting.values()].map(({ mostBytes }) => mostBytes));
    if (this.#underWay > most + slackBytes) this.#end(`the inspector sent more than ${megabytes(most)}, which is more than was asked for`);
  }

  #end(why: string): void {
    this.#why = why.slice(0, 300);
    this.#socket.terminate();
    this.#lost();
  }

  #lost(): void {
    for (const { fail } of this.#waiting.values()) fail(new Error(this.#why));
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of one field of a raw answer `{"id":1,"result":{"profile":…}}`, as bytes of the answer itself. */
export function rawField(answer: Buffer, field: string): Buffer {
  const start = answer.toString('latin1', 0, 200).indexOf(`"result":{"${field}":`);
  if (start >= 0 && answer.toString('latin1', answer.length - 2) === '}}') return answer.subarray(start + `"result":{"${field}":`.length, answer.length - 2);
  if (answer.length > usualBytes) throw new Error(`the inspector's answer is not in the form in which V8 gives a ${field}`);
  const parsed = JSON.parse(answer.toString('utf8')) as { result?: Record<string, unknown>; error?: { message: string } } | null;
  if (parsed?.result?.[field] === undefined) throw new Error(parsed?.error?.message ?? `the inspector's answer has no ${field}`);
  return Buffer.from(JSON.stringify(parsed.result[field]));
}
