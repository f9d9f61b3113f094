// A completion may already have written the "| " that a person then types out of habit. The typed one takes its place.

/**
 * Where the older pipe stands on the line, as offsets [start, end), when `before`, the line up to the caret, ends in a
 * pipe typed right after another that starts the line; null otherwise. No KQL operator is written with two pipes.
 */
export function doubledPipe(before: string): readonly [start: number, end: number] | null {
  const found = /^(\s*)(\|\s*)\|$/.exec(before);
  return found === null ? null : [found[1]!.length, found[1]!.length + found[2]!.length];
}
