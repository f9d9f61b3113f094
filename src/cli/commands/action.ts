// `weir action NAME`: one diagnostic action on this machine, by the code and within the limits of an agent. The file goes where --out says, one line
// of JSON on stdout tells what it is, progress goes to stderr. Exit code 2: it did not run, and why; 130: cancelled.
import { randomUUID } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { bookPlace, openActions, redactText, sharedFiles, type BookPlace } from '../../agent/actions/index.ts';
import { directoryFiles, systemClock, unixMs } from '../../agent/ports/index.ts';
import { Proc } from '../../agent/processes/index.ts';
import type { ActionName, ActionReport, ActionRequest, ArtifactMeta } from '../../model/index.ts';
import { CommandFailure } from '../failure.ts';
import { readDataDir } from '../settings.ts';
import { requestOf, type ActionOptions } from './action-options.ts';
import { fileSink } from './action-sink.ts';

export async function actionCommand(action: ActionName, options: ActionOptions): Promise<void> {
  const asked = requestOf(action, options);
  const folder = dirname(resolve(options.out));
  // Asked before anything runs: a dump that has nowhere to go would have stopped a process for nothing.
  if (!await access(folder, constants.W_OK).then(() => true, () => false)) throw new CommandFailure({ code: 'cli.cannot-write', message: `${folder} is no folder that can be written to, so nothing was started.`, help: 'Name another file with --out.' });
  const kept: { readonly path: string; readonly meta: ArtifactMeta }[] = [];
  const dataDir = resolve(readDataDir(process.env));
  const place = await bookPlace(dataDir);
  if (place.apart !== null) process.stderr.write(`weir: ${place.apart}\n`);
  const actions = await actionsHere(dataDir, place, options.out, (path, meta) => { kept.push({ path, meta }); });
  await actions.runner.start();
  const request: ActionRequest = { ...asked, id: randomUUID(), asker: { kind: 'terminal', name: `${userInfo().username}@${hostname()}`, id: null }, incident: null };
  const report = await untilDone(() => actions.runner.run(request), () => { actions.runner.cancel(request.id); });
  if (report.state !== 'done') throw endedBadly(report);
  const [first, ...more] = kept.map(({ path, meta }) => ({ out: path, bytes: meta.bytes, sha256: meta.sha256, format: meta.format, sensitive: meta.sensitive }));
  process.stdout.write(`${JSON.stringify({ action, process: report.process, ...first, figures: report.figures, notes: [...(place.apart === null ? [] : [place.apart]), ...report.notes], ...(more.length > 0 ? { more } : {}) })}\n`);
}

/** One book, one lock and one policy with the agent of this data folder. */
function actionsHere(dataDir: string, { folder, apart }: BookPlace, out: string, onKept: (path: string, meta: ArtifactMeta) => void) {
  const own = join(dataDir, 'terminal');
  return openActions({
    program: 'terminal', files: sharedFiles(folder), lockPath: join(folder, 'actions.lock'), policyFiles: directoryFiles(join(dataDir, 'agent')), scratchFolder: join(own, 'scratch'),
    ...(apart === null ? { adoptFrom: own } : {}),
    sink: fileSink(resolve(out), onKept), redactText: redactText(), proc: new Proc(), nowUnixMs: () => unixMs(systemClock), monotonicMs: () => systemClock.monotonicMs(),
    onReport: progressTeller(), searchPath: process.env['PATH'] ?? '',
  });
}

/** Ctrl-C cancels; what the action had opened is closed before this ends. */
async function untilDone(run: () => Promise<ActionReport>, cancel: () => void): Promise<ActionReport> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, cancel);
  try {
    return await run();
  } finally {
    for (const signal of signals) process.off(signal, cancel);
  }
}

function endedBadly(report: ActionReport): CommandFailure {
  if (report.state === 'cancelled') process.exitCode = 130;
  const { code = 'action.failed', message = 'The action did not end well.', help } = report.why ?? {};
  return new CommandFailure(help === undefined ? { code, message } : { code, message, help });
}

function progressTeller(): (report: ActionReport) => void {
  let last = '';
  return ({ state, progress }) => {
    const line = `${progress.share === null ? '' : `${Math.round(progress.share * 100)} % `}${progress.text}`;
    if (state !== 'running' || line === last) return;
    last = line;
    process.stderr.write(`weir: ${line}\n`);
  };
}
