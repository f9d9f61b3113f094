// Asks a port whether it is the inspector of one process, and connects only if it is. One GET to a listening port of that same process, which
// may be anything and answer anything: a small body, no redirect, in time, or it is none.
import { get, type IncomingMessage } from 'node:http';
import type { Proc } from '../../processes/index.ts';
import { CdpSession } from './cdp-session.ts';

const askTimeoutMs = 2000;
const mostBytes = 64 * 1024;

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
    const targets = JSON.parse(await answerOf(`http://127.0.0.1:${port}/json/list`)) as { type?: unknown; webSocketDebuggerUrl?: unknown }[];
    const [first] = Array.isArray(targets) ? targets : [];
    if (first?.type !== 'node' || typeof first.webSocketDebuggerUrl !== 'string') return null;
    return `ws://127.0.0.1:${port}${new URL(first.webSocketDebuggerUrl).pathname}`;
  } catch {
    return null;
  }
}

/** Rejects on everything but a whole JSON answer of code 200 within the bounds. */
function answerOf(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { agent: false, signal: AbortSignal.timeout(askTimeoutMs), headers: { connection: 'close' } }, (reply) => {
      const refused = refusalOf(reply);
      if (refused !== null) { reject(new Error(refused)); asked.destroy(); return; }
      takeBounded(reply).then(resolve, (failed: Error) => { reject(failed); asked.destroy(); });
    });
    asked.once('error', reject);
  });
}

function refusalOf({ statusCode, headers }: IncomingMessage): string | null {
  if (statusCode !== 200) return `code ${statusCode}`;
  return /json/.test(headers['content-type'] ?? '') ? null : 'no JSON';
}

async function takeBounded(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of reply) {
    bytes += (chunk as Buffer).length;
    if (bytes > mostBytes) throw new Error('too long');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What the process itself calls its pid: in a container it is another than outside. */
async function innerPid(proc: Proc, pid: number): Promise<number> {
  return Number((await proc.status(pid))?.get('NSpid')?.split('\t').at(-1) ?? pid);
}
