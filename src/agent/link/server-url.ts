import { failure, ok, type Result } from '../../base/index.ts';

export interface ServerUrls { readonly opamp: string; data(agentId: string): string }

/** The BFF's two WebSocket addresses from one base URL (ws, wss, http or https; a pasted `/v1/opamp` is taken off). */
export function serverUrls(text: string): Result<ServerUrls> {
  const url = URL.parse(text);
  const protocol = url?.protocol === 'https:' || url?.protocol === 'wss:' ? 'wss:' : url?.protocol === 'http:' || url?.protocol === 'ws:' ? 'ws:' : null;
  if (url === null || protocol === null)
    return failure('agent.bad_server_url', `"${text}" is not the URL of a Weir server.`, 'Give its base URL, for example ws://127.0.0.1:4300.');
  const base = `${protocol}//${url.host}${url.pathname.replace(/\/v1\/opamp\/?$/, '').replace(/\/+$/, '')}`;
  return ok({ opamp: `${base}/v1/opamp`, data: (agentId) => `${base}/v1/data?agent=${encodeURIComponent(agentId)}` });
}
