// Messages between a page and a worker that answers calls. A call carries an id that its progress and its answer repeat.

/** Name to arguments and answer. */
export type CallTable<C> = { readonly [N in keyof C]: { readonly args: readonly unknown[]; readonly answer: unknown } };

export type ToCallWorker =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  /** Nobody waits for it any more: a fetch ends, an answer that comes is dropped. */
  | { readonly kind: 'cancel'; readonly id: number };

export type FromCallWorker<P> =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: P }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly help: string };

/** Either end of a worker or message channel. `failed` hears that the other end is no more. */
export interface CallEnd<Out, In> { post(message: Out, transfer?: readonly Transferable[]): void; listen(receive: (message: In) => void, failed?: (message: string) => void): void; end?(): void }

/** Why something could not be done, and what to do: both for a person. */
export class CallFailure extends Error {
  readonly help: string;
  constructor(message: string, help = '') { super(message); this.name = 'CallFailure'; this.help = help; }
}
