// Secrets in fields that were not to be redacted: told once at the end, for whoever hands the output on believes that it is clean.
import { createScanner } from '../../redaction/index.ts';
import { unwrap } from '../failure.ts';

/** Names that are remembered, and that are told. */
const mostNames = 1000;
const mostTold = 8;

export class OtherFields {
  #lines = 0;
  readonly #names = new Set<string>();

  /** Paths of the fields in one line. */
  add(fields: readonly string[]): void {
    if (fields.length > 0) this.#lines++;
    for (const name of fields) if (this.#names.size < mostNames) this.#names.add(name);
  }

  /** Empty when there is nothing to say. A field's name is hidden where it is a secret itself. */
  summary(): string {
    if (this.#lines === 0) return '';
    const scanner = unwrap(createScanner(['*']));
    const names = [...this.#names].slice(0, mostTold).map((name) => scanner.redactText(name, 'mask')?.text ?? name);
    const more = this.#names.size > mostTold ? ` and ${this.#names.size === mostNames ? 'at least ' : ''}${(this.#names.size - mostTold).toLocaleString('en')} more` : '';
    return `weir: ${this.#lines.toLocaleString('en')} ${this.#lines === 1 ? 'line has' : 'lines have'} secrets in fields that were not looked at: ${names.join(', ')}${more}; use --all-fields.\n`;
  }
}
