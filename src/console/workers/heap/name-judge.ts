// What redaction knows of secrets and personal data, for names that programs made of values. Building its automata takes a tenth of a
// second, so that they are built for the first name that may hold such a thing at all: most snapshots open without.
import type { NameJudge } from '../../../heap/index.ts';
import { createScanner, type Scanner } from '../../../redaction/index.ts';

/** Mail addresses, assignments, keys in PEM, or some digits: everything that a detector knows has one of these. */
const suspicious = /@|=|-----|\d\D*\d\D*\d/;

export function nameJudge(): NameJudge {
  let scanner: Scanner | null = null;
  return name => suspicious.test(name) && (scanner ??= allDetectors()).scanText(name).length > 0;
}

function allDetectors(): Scanner {
  const made = createScanner(['*']);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}
