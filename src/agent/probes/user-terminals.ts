// The books of this user's terminals. Which inspectors a `weir probe` has open it notes in the book of the agent of its data folder, so that both share
// them; where there is no agent's folder, or none that it may write to, in a folder of the user's own. At the start of an agent: what a `weir probe` of
// the same user that was killed left in processes is taken out, and the inspectors it had opened are closed.
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bookPlace, openActions, redactText, sharedFiles } from '../actions/index.ts';
import { failure } from '../../base/index.ts';
import { directoryFiles, systemClock, unixMs } from '../ports/index.ts';
import type { Proc } from '../processes/index.ts';
import type { MechanismTable } from './contract.ts';
import { cleanTerminals, terminalFolder } from './governed/index.ts';

type Actions = Awaited<ReturnType<typeof openActions>>;
export interface TerminalActions {
  readonly actions: Actions;
  /** Why it shares no book with an agent; null when it does, or when there is no agent to share it with. */
  readonly apart: string | null;
}
const isThere = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

/** Empty, or what could not be taken out. */
export async function cleanUserTerminals(env: NodeJS.ProcessEnv, proc: Proc, mechanisms: MechanismTable): Promise<string> {
  const folder = terminalFolder(env);
  if (!await isThere(dirname(folder))) return '';
  const { problem } = await cleanTerminals(folder, proc, mechanisms);
  await putBackOwn(dirname(folder), proc, env);
  return problem;
}

/** What a terminal stands on. `dataDir`: WEIR_DATA, absolute; `isNamed`: somebody set it, so that an agent of it may start at any time. */
export async function terminalActions({ dataDir, isNamed, proc, env }: { readonly dataDir: string; readonly isNamed: boolean; readonly proc: Proc; readonly env: NodeJS.ProcessEnv }): Promise<TerminalActions> {
  const [stateFolder, agentFolder] = [dirname(terminalFolder(env)), join(dataDir, 'agent')];
  const place = isNamed || await isThere(agentFolder) ? await bookPlace(dataDir) : null;
  if (place === null || place.apart !== null) return { actions: await open(stateFolder, agentFolder, proc, env), apart: place?.apart ?? null };
  await putBackOwn(stateFolder, proc, env);
  return { actions: await open(place.folder, agentFolder, proc, env), apart: null };
}

/** Of terminals that had, or have, a book of the user's own. */
async function putBackOwn(stateFolder: string, proc: Proc, env: NodeJS.ProcessEnv): Promise<void> {
  if (await isThere(join(stateFolder, 'actions.json'))) await (await open(stateFolder, stateFolder, proc, env)).runner.start();
}

/** No action runs here, and probes make no artifacts. */
const open = (folder: string, policyFolder: string, proc: Proc, env: NodeJS.ProcessEnv): Promise<Actions> => openActions({
  program: 'terminal', files: sharedFiles(folder), lockPath: join(folder, 'actions.lock'), policyFiles: directoryFiles(policyFolder), scratchFolder: join(dirname(terminalFolder(env)), 'scratch'), redactText: redactText(), proc,
  sink: { freeBytes: async () => 0, open: async () => failure('probe.no-artifacts', 'Probes make no artifacts.') },
  nowUnixMs: () => unixMs(systemClock), monotonicMs: () => systemClock.monotonicMs(), onReport: () => undefined, searchPath: env['PATH'] ?? '',
});
