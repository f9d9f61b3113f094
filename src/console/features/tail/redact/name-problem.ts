// Whether a rule may go by a name.

/** What is wrong with it, in a sentence; null when it will do. */
export function nameForRule(name: string, taken: ReadonlySet<string>): string | null {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) return 'Use 1 to 63 lower-case letters, digits and dashes, starting with a letter or digit.';
  return taken.has(name) ? 'Another rule has this name.' : null;
}
