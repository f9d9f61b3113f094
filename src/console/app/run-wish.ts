// An action that is to be run for the incident a person is on, without leaving it.
import { create } from 'zustand';
import type { ActionName } from '../../model/index.ts';

interface RunWish { /** The incident it belongs to; null when nobody asks. */ readonly incident: string | null; /** Which, when one was named. */ readonly run: ActionName | 'any' }

export const useRunWish = create<RunWish>(() => ({ incident: null, run: 'any' }));
export const askToRun = (incident: string, run: RunWish['run'] = 'any'): void => useRunWish.setState({ incident, run });
export const endRun = (): void => useRunWish.setState({ incident: null, run: 'any' });
