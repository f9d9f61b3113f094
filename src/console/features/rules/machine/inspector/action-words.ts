// The actions a state can start, in words, with what each needs.
import { machineActions, type MachineAction } from '../../../../../model/index.ts';
import type { IconName } from '../../../../ui/index.ts';

export type ActionName = MachineAction['action'];
interface ActionWords { readonly title: string; readonly says: string; readonly icon: IconName; readonly needs: 'duration' | 'recorder' | 'theme' | null }

export const actionWords: Readonly<Record<ActionName, ActionWords>> = {
  'cpu-sample': { title: 'Take a CPU sample', says: 'Where the process spends its time, as a flame graph.', icon: 'flame', needs: 'duration' },
  'heap-sample': { title: 'Sample allocations', says: 'Who allocates, nearly free of cost.', icon: 'flame', needs: 'duration' },
  'memory-dump': { title: 'Take a memory dump', says: 'The whole heap. Pauses the process while it is written.', icon: 'dump', needs: null },
  'verbose-logs': { title: 'Open verbose logs', says: 'Lets detailed logs through for a while, then closes again.', icon: 'tail', needs: 'duration' },
  'packet-capture': { title: 'Capture packets', says: 'Network traffic with size and time limits.', icon: 'route', needs: 'duration' },
  'collect-config': { title: 'Collect configuration', says: 'Environment, command line, versions; redacted.', icon: 'file', needs: null },
  'collect-state': { title: 'Collect process state', says: 'Limits, files, sockets, threads.', icon: 'file', needs: null },
  'collect-files': { title: 'Collect files', says: 'Files that the agent allows, redacted.', icon: 'file', needs: null },
  'diagnostic-command': { title: 'Run a diagnostic command', says: 'A read-only command that the agent allows.', icon: 'keyboard', needs: null },
  'collect-recorder': { title: 'Collect a flight recorder', says: 'What it holds becomes an artifact.', icon: 'recorder', needs: 'recorder' },
  'start-recorder': { title: 'Start a flight recorder', says: 'It fills from now on.', icon: 'recorder', needs: 'recorder' },
  'stop-recorder': { title: 'Stop a flight recorder', says: 'It keeps what it has.', icon: 'recorder', needs: 'recorder' },
  theme: { title: 'Switch a toggle theme', says: 'Its records pass for a while, then it goes back by itself.', icon: 'tail', needs: 'theme' },
};

/** As the document starts with it. A recorder is filled in only where there is no other to choose. */
export const newAction = (name: ActionName, recorders: readonly string[] | null): MachineAction =>
  ({ action: name, ...(actionWords[name].needs === 'theme' ? { name: '', state: 'on', for: '10m' } : {}), ...(actionWords[name].needs === 'duration' ? { duration: '10s' } : {}), ...(actionWords[name].needs === 'recorder' && recorders?.length === 1 ? { recorder: recorders[0]! } : {}) });

export const actionNames: readonly ActionName[] = machineActions;
