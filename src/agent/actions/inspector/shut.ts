// Whether an inspector that was asked to open is surely shut. That no port listens is not enough: the signal may wait for a process that stands still,
// and a process that hangs in native code takes it late.
import type { Proc } from '../../processes/index.ts';
import { listeningPorts } from './listening.ts';
import { isSignalled, isStopped } from './problems.ts';
import type { Quiet } from './shares.ts';

/** So long nothing was open, and so often its main thread went to rest meanwhile: it has taken what it was sent. */
const [quietMs, quietRests] = [60_000, 20];

/** True: for certain. False: it may be open, or open later. Else since when nothing seems open. `port`: where it was open. */
export async function looksShut(proc: Proc, pid: number, { port, quiet }: { readonly port: number | null; readonly quiet: Quiet | null }, nowUnixMs: number): Promise<boolean | Quiet> {
  if (await proc.stat(pid) === null) return true;
  if (await isStopped(proc, pid) || await isSignalled(proc, pid)) return false;
  if (port !== null) return !(await listeningPorts(proc, pid) ?? [port]).includes(port);
  const rests = Number((await proc.status(pid))?.get('voluntary_ctxt_switches') ?? 0);
  const since = quiet === null || quiet.sinceUnixMs > nowUnixMs ? { sinceUnixMs: nowUnixMs, rests } : quiet;
  return nowUnixMs - since.sinceUnixMs >= quietMs && rests - since.rests >= quietRests ? true : since;
}
