// The frame of every action that looks into a Node process: attach, do it, and leave it as it was, also when cancelled.
import type { Result } from '../../../base/index.ts';
import { nameOf, type Run } from '../contract.ts';
import type { Attached, Attaching, InspectorDoor } from '../inspector/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { Aborted } from '../wait.ts';

export async function whileAttached(door: InspectorDoor, process: AgentProcess, run: Run, act: (attached: Attached) => Promise<Result<void>>, how: Attaching & { /** Said while it is cancelled, of what cannot stop at once. */ readonly cannotStop?: string } = {}): Promise<Result<void>> {
  run.progress(null, `Opening the inspector of ${nameOf(process)}`);
  const attached = await door.attach(process, run.signal, how);
  if (!attached.ok) return attached;
  if (attached.value.wasOpen) run.note('Its inspector was open already; it was used and left open.');
  const acting = act(attached.value);
  const told = (): void => { run.progress(null, how.cannotStop ?? `Cancelling: closing the inspector of ${nameOf(process)}`); };
  run.signal.addEventListener('abort', told, { once: true });
  try {
    return await Promise.race([acting, aborted(run.signal)]);
  } finally {
    run.signal.removeEventListener('abort', told);
    if (!run.signal.aborted) run.progress(null, 'Closing the inspector');
    if (!await attached.value.close()) run.note(`The inspector of ${nameOf(process)} could not be closed (its Node may be older than 20.16): it listens on loopback until the process ends.`);
    attached.value.session.close();
    await acting.catch(() => undefined);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => { reject(new Aborted()); };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
