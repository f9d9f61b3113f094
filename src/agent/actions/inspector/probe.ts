// Asks a port whether it is the inspector of one process, and connects only if it is. One GET to a listening port of that same process.
import type { Proc } from '../../processes/index.ts';
import { CdpSession } from './cdp-session.ts';

const askTimeoutMs = 2000;

/** Null when the port is something else, or somebody else's inspector. */
export async function inspectorAt(proc: Proc, pid: number, port: number): Promise<CdpSession | null> {
  const url = await webSocketUrl(port);
  const session = url === null ? null : await CdpSession.connect(url).catch(() => null);
  if (session === null) return null;
  const told = await session.evaluate<number>('process.pid').catch(() => null);
  if (told !== null && told === await innerPid(proc, pid)) return session;
  session.close();
  return null;
}

async function webSocketUrl(port: number): Promise<string | null> {
  try {
    const reply = await fetch(`http://127.0.0.1:${port}/json/list`, { signal: AbortSignal.timeout(askTimeoutMs) });
    const [first] = (reply.ok && /json/.test(reply.headers.get('content-type') ?? '') ? await reply.json() : []) as { type?: string; webSocketDebuggerUrl?: string }[];
    if (first?.type !== 'node' || first.webSocketDebuggerUrl === undefined) return null;
    return `ws://127.0.0.1:${port}${new URL(first.webSocketDebuggerUrl).pathname}`;
  } catch {
    return null;
  }
}

/** What the process itself calls its pid: in a container it is another than outside. */
async function innerPid(proc: Proc, pid: number): Promise<number> {
  return Number((await proc.status(pid))?.get('NSpid')?.split('\t').at(-1) ?? pid);
}
