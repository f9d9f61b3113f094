// Expected failures are values, not exceptions; bugs still throw.

export type Result<T, E = Failure> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** What a person needs from an error: a stable code, what happened, why, and what to do next. */
export interface Failure {
  readonly code: string;
  /** What happened and why, one or two plain sentences. */
  readonly message: string;
  /** What to do next. */
  readonly help?: string;
}

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });
export const failure = (code: string, message: string, help?: string): Result<never, Failure> =>
  err(help === undefined ? { code, message } : { code, message, help });
