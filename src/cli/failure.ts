// How a command ends badly: one pointed message on stderr and exit code 2.
import type { Failure, Result } from '../base/index.ts';

/** Thrown by commands for what a person can mend; `program.ts` prints it. */
export class CommandFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new CommandFailure(result.error);
}

export const describeFailure = (failure: Failure): string => `weir: ${failure.message}${failure.help ? `\n      ${failure.help}` : ''}\n`;
