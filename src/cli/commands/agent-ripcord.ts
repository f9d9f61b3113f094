// `weir agent ripcord`: pulls or releases the rip cord of this machine's agent, with no server: an order in its data folder, which it carries out at
// once. Where no agent runs, its next start does. Prints its report as one JSON document.
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as waitMs } from 'node:timers/promises';
import { directoryFiles, systemClock, unixMs, type Files } from '../../agent/ports/index.ts';
import { Proc } from '../../agent/processes/index.ts';
import { readAnswer, writeOrder, type LocalAnswer } from '../../agent/rip-cord/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { readDataDir } from '../settings.ts';

export interface RipCordOptions { readonly release?: boolean; readonly reason?: string }

const [mostWaitMs, lookEveryMs] = [30_000, 20];

export async function ripCordCommand({ release = false, reason = '' }: RipCordOptions): Promise<void> {
  const files = directoryFiles(join(resolve(readDataDir(process.env)), 'agent'));
  const id = randomUUID();
  const runs = await isRunning(files);
  unwrap(await writeOrder(files, { version: 1, id, pulled: !release, by: `${userInfo().username}@${hostname()}`.slice(0, 200), atUnixMs: unixMs(systemClock), reason: reason.slice(0, 500) }));
  if (!runs) {
    process.stderr.write(`weir: no agent runs with this data folder (WEIR_DATA); the next one starts with its rip cord ${release ? 'released' : 'pulled'}.\n`);
    return;
  }
  const { report } = await answerTo(files, id);
  process.stdout.write(`${JSON.stringify({ pulled: report.pulls.length > 0, ...report })}\n`);
  const [still] = report.pulls;
  if (release && still !== undefined) throw new CommandFailure({ code: 'rip-cord.pulled', message: `The machine's cord is released; the server's is still pulled (${still.by}).`, help: 'Release it in the console, or with the API of the server.' });
}

async function isRunning(files: Pick<Files, 'read'>): Promise<boolean> {
  const last = await readAnswer(files);
  return last !== null && new Proc().isAlive(last.pid, last.startTicks);
}

async function answerTo(files: Pick<Files, 'read'>, id: string): Promise<LocalAnswer> {
  for (const untilMs = performance.now() + mostWaitMs; performance.now() < untilMs; await waitMs(lookEveryMs)) {
    const answer = await readAnswer(files);
    if (answer?.order === id) return answer;
  }
  throw new CommandFailure({ code: 'rip-cord.no-answer', message: `The agent has the order, and has not said within ${mostWaitMs / 1000} s that it is carried out.`, help: 'Look at its health; ending it removes its probes, and its next start keeps the cord as ordered.' });
}
