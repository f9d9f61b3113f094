import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface PostReply { readonly status: number; readonly retryAfter: string | null; readonly contentType: string; readonly body: Uint8Array; /** The system has the whole body that was posted: nothing here reads it any more. */ readonly isSent?: boolean }

/** One HTTP POST. Rejects with an Error on network trouble and on timeouts; every HTTP status is a reply. */
export interface Poster {
  post(url: string, headers: Readonly<Record<string, string>>, body: Uint8Array, timeoutMs: number): Promise<PostReply>;
  close(): void;
}

/** Replies are short messages; anything past this is not kept. */
const maxReplyBytes = 64 * 1024;

/** Keep-alive connections, at most `connections` per downstream. */
export function httpPoster(connections: number): Poster {
  const options = { keepAlive: true, maxSockets: connections, scheduling: 'lifo' as const };
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) };
  /** Few and always the same, so each is parsed once. */
  const targets = new Map<string, RequestOptions & { readonly protocol: 'http:' | 'https:' }>();
  const targetOf = (text: string) => {
    const known = targets.get(text);
    if (known !== undefined) return known;
    const { protocol, hostname, port, pathname, search, username, password } = new URL(text);
    const secure = protocol === 'https:' ? 'https:' : 'http:';
    const target = { protocol: secure, hostname: hostname.replace(/^\[|\]$/g, ''), port, path: pathname + search, method: 'POST', agent: agents[secure], ...(username !== '' && { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` }) } as const;
    targets.set(text, target);
    return target;
  };
  return {
    post: (url, headers, body, timeoutMs) => new Promise((resolve, reject) => {
      const target = targetOf(url);
      const request = (target.protocol === 'https:' ? httpsRequest : httpRequest)({ ...target, headers: { ...headers, 'content-length': body.length } });
      const deadline = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
      const settle = <T>(done: (value: T) => void) => (value: T): void => { clearTimeout(deadline); done(value); };
      request.on('response', (response) => readReply(response, settle((reply) => resolve({ ...reply, isSent: request.writableFinished })), settle(reject)));
      request.on('error', settle(reject));
      request.end(body);
    }),
    close: () => { for (const agent of Object.values(agents)) agent.destroy(); },
  };
}

function readReply(response: IncomingMessage, done: (reply: PostReply) => void, failed: (error: Error) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= maxReplyBytes) chunks.push(chunk);
  });
  response.on('error', failed);
  response.on('end', () => done({
    status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null,
    contentType: response.headers['content-type'] ?? '', body: Buffer.concat(chunks),
  }));
}
