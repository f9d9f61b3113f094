// Is the BFF reachable, since when not, and how long answers take. Fed by every poll of the overview.
import { create } from 'zustand';

export interface ConnectionState {
  readonly status: 'connecting' | 'live' | 'lost' | 'ended';
  /** Unix milliseconds of the first failed answer in a row. */
  readonly lostSinceMs: number | null;
  /** The last outage that is over, until a person has read it. */
  readonly outage: { readonly fromMs: number; readonly toMs: number } | null;
  readonly roundTripMs: number | null;
}

export const useConnection = create<ConnectionState>(() => ({ status: 'connecting', lostSinceMs: null, outage: null, roundTripMs: null }));

export function noteAnswer(nowMs: number, roundTripMs: number): void {
  useConnection.setState(state => ({
    status: 'live', roundTripMs, lostSinceMs: null,
    outage: state.status === 'lost' && state.lostSinceMs !== null ? { fromMs: state.lostSinceMs, toMs: nowMs } : state.outage,
  }));
}

export function noteLost(nowMs: number): void { useConnection.setState(state => ({ status: 'lost', lostSinceMs: state.lostSinceMs ?? nowMs })); }
export function noteSessionEnded(): void { useConnection.setState({ status: 'ended' }); }
export function dismissOutage(): void { useConnection.setState({ outage: null }); }
