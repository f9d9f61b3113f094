// One connection to a V8 inspector, as the Chrome DevTools Protocol has it: JSON texts over a WebSocket, `id` joins an answer to its
// call. Big results are handed on as bytes, unparsed: a profile of 50 MB would block the agent.
import { WebSocket } from 'ws';

type Handler = (params: Record<string, unknown>) => void;
interface Waiting { readonly take: (message: Buffer) => void; readonly fail: (error: Error) => void }

const handshakeTimeoutMs = 5000;
const maxMessageBytes = 512 * 1024 * 1024;
const callTimeoutMs = 15_000;

export class CdpSession {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #handlers = new Map<string, Handler>();
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>;
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => { this.#receive(data as Buffer); });
    socket.on('error', () => { /* `close` follows */ });
    this.closed = new Promise((resolve) => { socket.once('close', () => { this.#lost(); resolve(); }); });
  }

  static async connect(url: string): Promise<CdpSession> {
    const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: handshakeTimeoutMs, maxPayload: maxMessageBytes });
    await new Promise<void>((resolve, reject) => { socket.once('open', resolve); socket.once('error', reject); });
    return new CdpSession(socket);
  }

  /** Rejects when the inspector answers with an error, not in time, or goes away. */
  async call<T = Record<string, unknown>>(method: string, params: object = {}, timeoutMs = callTimeoutMs): Promise<T> {
    const answer = JSON.parse((await this.callRaw(method, params, timeoutMs)).toString('utf8')) as { result?: T; error?: { message: string } };
    if (answer.result === undefined) throw new Error(`${method}: ${answer.error?.message ?? 'no result'}`);
    return answer.result;
  }

  /** The whole answer as it came. */
  callRaw(method: string, params: object = {}, timeoutMs = callTimeoutMs): Promise<Buffer> {
    const id = ++this.#lastId;
    return new Promise<Buffer>((resolve, reject) => {
      const deadline = setTimeout(() => { this.#waiting.get(id)?.fail(new Error(`${method}: no answer within ${timeoutMs / 1000} s`)); }, timeoutMs);
      const settle = (): void => { clearTimeout(deadline); this.#waiting.delete(id); };
      this.#waiting.set(id, { take: (message) => { settle(); resolve(message); }, fail: (error) => { settle(); reject(error); } });
      this.#socket.send(JSON.stringify({ id, method, params }), (failed) => { if (failed) this.#waiting.get(id)?.fail(failed); });
    });
  }

  /** JavaScript in the target; promises are waited for, and the value comes back as JSON. */
  async evaluate<T>(expression: string, timeoutMs = callTimeoutMs): Promise<T> {
    const { result, exceptionDetails } = await this.call<{ result: { value: T }; exceptionDetails?: { text: string; exception?: { description?: string } } }>(
      'Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true, includeCommandLineAPI: true, silent: true }, timeoutMs);
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description?.split('\n')[0] ?? exceptionDetails.text);
    return result.value;
  }

  on(event: string, handler: Handler): void { this.#handlers.set(event, handler); }

  /** Holds back what comes in while a file is slow. */
  pause(): void { if (this.#socket.readyState === WebSocket.OPEN) this.#socket.pause(); }
  resume(): void { this.#socket.resume(); }

  close(): void { this.#socket.terminate(); }

  #receive(message: Buffer): void {
    const id = Number(/^\{"id":(\d+)/.exec(message.toString('latin1', 0, 24))?.[1]);
    if (!Number.isNaN(id)) { this.#waiting.get(id)?.take(message); return; }
    const { method, params } = JSON.parse(message.toString('utf8')) as { method?: string; params?: Record<string, unknown> };
    if (method !== undefined) this.#handlers.get(method)?.(params ?? {});
  }

  #lost(): void {
    for (const { fail } of this.#waiting.values()) fail(new Error('the inspector closed the connection'));
  }
}

/** The value of one field of a raw answer `{"id":1,"result":{"profile":…}}`, as bytes of the answer itself. */
export function rawField(answer: Buffer, field: string): Buffer {
  const start = answer.toString('latin1', 0, 200).indexOf(`"result":{"${field}":`);
  if (start >= 0 && answer.toString('latin1', answer.length - 2) === '}}') return answer.subarray(start + `"result":{"${field}":`.length, answer.length - 2);
  const parsed = JSON.parse(answer.toString('utf8')) as { result?: Record<string, unknown>; error?: { message: string } };
  if (parsed.result?.[field] === undefined) throw new Error(parsed.error?.message ?? `the inspector's answer has no ${field}`);
  return Buffer.from(JSON.stringify(parsed.result[field]));
}
