// Finds secrets in one text, with the independent scanner and with all detectors, and hides them again in what is told of the place.
import { bullets, createScanner, residualScan, type ResidualFinding, type Scanner } from '../../redaction/index.ts';
import type { PlacedText } from './otlp-texts.ts';

export interface Leak { readonly at: PlacedText; readonly finding: ResidualFinding }
/** Leaves nothing secret of a text that is told. */
export type Hide = (text: string) => string;

const contextEachSide = 24;
/** Shorter findings stand in a name by chance. */
const leastSecret = 4;

export class LeakFinder {
  readonly #scanner = allDetectors();

  /** What the second scanner finds, one for all that overlap, under the name by which the detectors know it where they do: a leak and
   *  what stops it are one row of the audit. Then what the detectors find and the second scanner does not know. */
  find(text: PlacedText): readonly ResidualFinding[] {
    const found = residualScan(text.text, text.key);
    const known = this.#known(text);
    const unknown: ResidualFinding[] = [];
    for (const one of found) {
      if (!known.some((other) => touches(other, one)) && one.start >= (unknown.at(-1)?.end ?? 0)) unknown.push(one);
    }
    return [...known, ...unknown];
  }

  /** A number is a card's, or stands under a secret's name; its digits alone are nothing. */
  #known({ text, key, isNumber }: PlacedText): readonly ResidualFinding[] {
    if (isNumber !== true) return this.#scanner.scanText(text, key);
    const name = Buffer.from(key);
    return this.#scanner.findInteger(BigInt(text), name, 0, name.length) === null ? [] : this.#scanner.scanText(text, key);
  }

  /** What names a record is hidden whole, prefix and all, as the ledger does it. */
  withoutFindings(name: string): string { return masked(name, this.#scanner.scanText(name)); }

  /** A few characters on each side of the finding, and of whatever else any scanner finds that touches it; what is beside is hidden too. */
  context({ at: { text, key }, finding }: Leak, hide: Hide): string {
    let { start, end } = finding;
    for (const one of [...residualScan(text, key), ...this.#scanner.scanText(text, key)].toSorted((x, y) => x.start - y.start)) {
      if (one.start < end && one.end > start) { start = Math.min(start, one.start); end = Math.max(end, one.end); }
    }
    return `${coarse(hide(text.slice(0, start)).slice(-contextEachSide))}${bullets}${coarse(hide(text.slice(end)).slice(0, contextEachSide))}`;
  }

  /** Hides in names and beside findings what any scanner knows (as the ledger does it, for both tell of one row), and what was found
   *  anywhere in this record: a key may repeat what its value, or another one, was caught by. */
  hiderOf(leaks: readonly Leak[]): Hide {
    const secrets = [...new Set(leaks.map(valueOf))].filter((one) => one.length >= leastSecret).toSorted((a, b) => b.length - a.length);
    return (text) => {
      const known = this.#scanner.redactText(text, 'mask')?.text ?? text;
      return secrets.reduce((left, secret) => left.replaceAll(secret, bullets), masked(known, residualScan(known)));
    };
  }
}

/** The secret itself: for comparing, never for telling. */
export const valueOf = ({ at, finding }: Leak): string => at.text.slice(finding.start, finding.end);

const masked = (text: string, findings: readonly ResidualFinding[]): string => findings.toReversed().reduce((left, { start, end }) => left.slice(0, start) + bullets + left.slice(end), text);

const touches = (a: ResidualFinding, b: ResidualFinding): boolean => a.start < b.end && a.end > b.start;

/** Long numbers and long unbroken runs say too much beside a secret. */
const coarse = (text: string): string => text.replace(/[A-Za-z0-9+/_-]{12,}|\d{4,}/g, '\u2026').replace(/\s+/g, ' ');

function allDetectors(): Scanner {
  const scanner = createScanner(['*']);
  if (!scanner.ok) throw new Error(scanner.error.message);
  return scanner.value;
}
