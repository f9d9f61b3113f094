// Messages between the page and the profile worker. A call carries an id that its progress and its answer repeat.
import type { ProfileCalls, ProfileProgress } from './types.ts';

export type ProfileCallName = keyof ProfileCalls;

export type ToProfileWorker =
  | { readonly kind: 'call'; readonly id: number; readonly name: ProfileCallName; readonly args: readonly unknown[] }
  /** Nobody waits for it any more: a fetch ends, an answer that comes is dropped. */
  | { readonly kind: 'cancel'; readonly id: number };

export type FromProfileWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: ProfileProgress }
  /** `help` is the next step. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly help: string };

/** Either end of a worker or message channel. `failed` hears that the other end is no more. */
export interface ProfileEnd<Out, In> { post(message: Out, transfer?: readonly Transferable[]): void; listen(receive: (message: In) => void, failed?: (message: string) => void): void; end?(): void }
