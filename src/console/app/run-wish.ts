// An action that is to be run for the incident a person is on, without leaving it.
import { create } from 'zustand';

export const useRunWish = create<{ /** The incident it belongs to; null when nobody asks. */ readonly incident: string | null }>(() => ({ incident: null }));
export const askToRun = (incident: string): void => useRunWish.setState({ incident });
export const endRun = (): void => useRunWish.setState({ incident: null });
