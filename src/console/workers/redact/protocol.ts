// Messages between the main thread and the redact worker. A call carries an id that its answer repeats.
import type { RedactClient } from './types.ts';

export type RedactCallName = Exclude<keyof RedactClient, 'close'>;
export interface ToRedactWorker { readonly id: number; readonly name: RedactCallName; readonly args: readonly unknown[] }
export type FromRedactWorker = { readonly id: number; readonly ok: true; readonly value: unknown } | { readonly id: number; readonly ok: false; readonly message: string };

/** Either end of a worker or message channel. */
export interface RedactEndpoint<Out, In> { post(message: Out): void; listen(receive: (message: In) => void, failed?: (message: string) => void): void; end?(): void }
