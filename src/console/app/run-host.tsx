// Draws the dialog that runs an action over the incident it is for; the person stays there. Loads when first asked for.
import { lazy, Suspense } from 'react';
import { toast } from '../ui/index.ts';
import { endRun, useRunWish } from './run-wish.ts';

const RunDialog = lazy(() => import('../features/artifacts/index.ts').then(({ RunDialog: dialog }) => ({ default: dialog })));

export function RunHost() {
  const incident = useRunWish(state => state.incident);
  const run = useRunWish(state => state.run);
  if (incident === null) return null;
  const started = () => { endRun(); toast({ title: 'The action was started', detail: 'It is among the actions of this incident.' }); };
  return <Suspense fallback={null}><RunDialog start={{ run, incident }} onClose={endRun} onStarted={started} /></Suspense>;
}
