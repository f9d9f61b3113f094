import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface PostReply { readonly status: number; readonly retryAfter: string | null; readonly contentType: string; readonly body: Uint8Array }

/** One HTTP POST. Rejects with an Error on network trouble and on timeouts; every HTTP status is a reply. */
export interface Poster {
  post(url: string, headers: Readonly<Record<string, string>>, body: Uint8Array, timeoutMs: number): Promise<PostReply>;
  close(): void;
}

/** Replies are short messages; anything past this is not read. */
const maxReplyBytes = 64 * 1024;

/** Keep-alive connections, at most `connections` per downstream. */
export function httpPoster(connections: number): Poster {
  const options = { keepAlive: true, maxSockets: connections, scheduling: 'lifo' as const };
  const http = new HttpAgent(options);
  const https = new HttpsAgent(options);
  return {
    post: (url, headers, body, timeoutMs) => new Promise((resolve, reject) => {
      const secure = url.startsWith('https:');
      const request = (secure ? httpsRequest : httpRequest)(url, {
        method: 'POST', agent: secure ? https : http, timeout: timeoutMs, headers: { ...headers, 'content-length': String(body.length) },
      });
      const deadline = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
      request.on('response', (response) => readReply(response).then(resolve, reject).finally(() => clearTimeout(deadline)));
      request.on('error', (error) => { clearTimeout(deadline); reject(error); });
      request.end(body);
    }),
    close: () => { http.destroy(); https.destroy(); },
  };
}

async function readReply(response: IncomingMessage): Promise<PostReply> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxReplyBytes) break;
    chunks.push(chunk);
  }
  return {
    status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null,
    contentType: response.headers['content-type'] ?? '', body: Buffer.concat(chunks),
  };
}
