// How an importer stops: a FormatFault thrown where the file goes wrong, turned into a Failure at the importer's door. Deep loops stay
// free of results that way, and nothing is thrown past the door but bugs.
import { failure, ok, type Failure, type Result } from '../../base/index.ts';
import { BuilderFull } from '../build/index.ts';

/** `message` without a full stop: what is wrong and where. Truncated: the file ends before what it began. */
export class FormatFault extends Error {
  readonly kind: 'truncated' | 'malformed' | 'empty' | 'unsupported';
  readonly help: string | undefined;
  constructor(kind: FormatFault['kind'], message: string, help?: string) {
    super(message);
    this.kind = kind;
    this.help = help;
  }
}

const helps = {
  truncated: 'Copy or record the file again: its end is missing.',
  malformed: 'Record the profile again, or open the file it was converted from.',
  empty: 'Record for longer, or while the program is at work.',
  unsupported: 'Convert it to pprof or folded stacks with the tool that wrote it.',
} as const;

/** Runs an importer; `what` is the format as a person calls it, such as "a Chrome trace". */
export function guarded<T>(name: string, what: string, read: () => T): Result<T> {
  try {
    return ok(read());
  } catch (failed) {
    return asFailure(name, what, failed);
  }
}

function asFailure(name: string, what: string, failed: unknown): Result<never, Failure> {
  if (failed instanceof FormatFault) return failure(`profile.${failed.kind}`, `${name} looks like ${what}, but ${failed.message}.`, failed.help ?? helps[failed.kind]);
  if (failed instanceof BuilderFull) return failure('profile.too-large', `${name} looks like ${what}. ${failed.message}, more than can be held at once.`, 'Record for a shorter time, or with fewer threads.');
  // What the engine says when it has no memory for an array; anything else is a bug of ours and stays one.
  if (failed instanceof RangeError && /allocation failed|invalid (?:typed )?array length/i.test(failed.message)) return failure('profile.too-large', `${name} looks like ${what}, but there is not enough memory for what it holds.`, 'Close other programs or pages, or record for a shorter time.');
  throw failed;
}

/** Calls `progress` once a megabyte at most, so that importers may tell of every step. */
export function paced(total: number, progress: ((share: number) => void) | undefined): (at: number) => void {
  if (progress === undefined || total === 0) return () => { /* nobody asked */ };
  const step = 1 << 20;
  let next = step;
  return (at) => {
    if (at < next) return;
    next = at + step;
    progress(Math.min(1, at / total));
  };
}
