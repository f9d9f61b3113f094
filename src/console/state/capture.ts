// "Capture everything now" is asked for from many places (overview, palette, a key, an incident); one dialog, drawn by the shell, answers.
import { create } from 'zustand';

export interface CaptureWish {
  /** More for this incident; null: a new one. */
  readonly incident: { readonly id: string; readonly title: string } | null;
  /** Names of what is chosen at first; none: everything. */
  readonly agents: readonly string[]; readonly services: readonly string[];
}

export const useCapture = create<{ readonly wish: CaptureWish | null }>(() => ({ wish: null }));

export const askToCapture = (wish: Partial<CaptureWish> = {}): void => { useCapture.setState({ wish: { incident: null, agents: [], services: [], ...wish } }); };
export const endCapture = (): void => { useCapture.setState({ wish: null }); };
