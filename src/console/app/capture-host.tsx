// Draws the dialog of "Capture everything now" wherever it was asked for, and goes to the incident that it opened. Loads when first asked for.
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { endCapture, useCapture } from '../state/index.ts';

const CaptureDialog = lazy(() => import('../features/incidents/index.ts').then(({ CaptureDialog: dialog }) => ({ default: dialog })));

export function CaptureHost() {
  const wish = useCapture(state => state.wish);
  const navigate = useNavigate();
  if (wish === null) return null;
  return <Suspense fallback={null}><CaptureDialog wish={wish} onClose={endCapture} onOpened={incident => { endCapture(); void navigate({ to: '/incidents/$incidentId', params: { incidentId: incident } }); }} /></Suspense>;
}
