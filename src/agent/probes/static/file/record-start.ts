// The pattern that says which line begins a record, in RE2's syntax: linear time whatever the line.
import { RE2JS } from 're2js';
import { failure, maxRegexProgram, ok, regexSize, type Result } from '../../../../base/index.ts';

/** Null: every line does. Error `probe.bad-pattern`. */
export function compileRecordStart(pattern: string | null): Result<((line: string) => boolean) | null> {
  if (pattern === null) return ok(null);
  if (regexSize(pattern) > maxRegexProgram) return failure('probe.bad-pattern', 'The pattern for the first line of a record is too large once its repeats are written out.', 'Use smaller repeats.');
  try {
    const compiled = RE2JS.compile(pattern);
    return ok((line) => compiled.matcher(line).find());
  } catch (failed) {
    return failure('probe.bad-pattern', `The pattern for the first line of a record cannot be read: ${(failed as Error).message}.`, 'Use RE2 syntax: no look-around and no back-references.');
  }
}
