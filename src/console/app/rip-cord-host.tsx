// Draws the dialog of the rip cord wherever it was asked for. It loads in the first quiet moment, not with the first page: whoever needs it waits for nothing.
import { lazy, Suspense, useEffect } from 'react';
import { useRipCordWish } from '../state/index.ts';

const load = () => import('./rip-cord-dialog.tsx').then(({ RipCordDialog: dialog }) => ({ default: dialog }));
const RipCordDialog = lazy(load);
const soonMs = 2000;

export function RipCordHost() {
  const wish = useRipCordWish(state => state.wish);
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), soonMs);
    return () => clearTimeout(timer);
  }, []);
  return wish === null ? null : <Suspense fallback={null}><RipCordDialog wish={wish} /></Suspense>;
}
