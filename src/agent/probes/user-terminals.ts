// At the start of an agent: what a `weir probe` of the same user that was killed left in processes is taken out, and the inspectors it had opened
// are closed.
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openActions, redactText } from '../actions/index.ts';
import { failure } from '../../base/index.ts';
import { directoryFiles, systemClock, unixMs } from '../ports/index.ts';
import type { Proc } from '../processes/index.ts';
import type { MechanismTable } from './contract.ts';
import { cleanTerminals, terminalFolder } from './governed/index.ts';

/** Empty, or what could not be taken out. */
export async function cleanUserTerminals(env: NodeJS.ProcessEnv, proc: Proc, mechanisms: MechanismTable): Promise<string> {
  const folder = terminalFolder(env);
  if (!await access(dirname(folder)).then(() => true, () => false)) return '';
  const { problem } = await cleanTerminals(folder, proc, mechanisms);
  await (await terminalActions(dirname(folder), proc, env)).runner.start();
  return problem;
}

/** The action book of this user's terminals, and what it stands on; it makes no artifacts. */
export function terminalActions(stateFolder: string, proc: Proc, env: NodeJS.ProcessEnv, policyFolder = stateFolder): ReturnType<typeof openActions> {
  return openActions({
    files: directoryFiles(stateFolder), policyFiles: directoryFiles(policyFolder), scratchFolder: join(stateFolder, 'scratch'), redactText: redactText(), proc,
    sink: { freeBytes: async () => 0, open: async () => failure('probe.no-artifacts', 'Probes make no artifacts.') },
    nowUnixMs: () => unixMs(systemClock), monotonicMs: () => systemClock.monotonicMs(), onReport: () => { /* no action runs here */ }, searchPath: env['PATH'] ?? '',
  });
}
