// A small file that is written again and again: one write after another, each of what is true by then. Whoever asks learns when what it
// knows of is on disk.
import { encodeUtf8 } from '../../base/index.ts';
import type { Files } from '../ports/index.ts';

export class Saver {
  readonly #files: Pick<Files, 'writeAtomically'>;
  readonly #name: string;
  readonly #content: () => unknown;
  #writing: Promise<string> | null = null;
  #next: Promise<string> | null = null;
  /** Why the last write failed; empty when it did not. */
  problem = '';

  constructor(files: Pick<Files, 'writeAtomically'>, name: string, content: () => unknown) {
    this.#files = files;
    this.#name = name;
    this.#content = content;
  }

  /** Resolves with an empty text when everything up to now is on disk, else with why it could not be put there. */
  save(): Promise<string> {
    if (this.#writing === null) return (this.#writing = this.#write());
    return (this.#next ??= this.#writing.then(() => { this.#next = null; return (this.#writing = this.#write()); }));
  }

  async #write(): Promise<string> {
    const written = await this.#files.writeAtomically(this.#name, encodeUtf8(JSON.stringify(this.#content())));
    this.problem = written.ok ? '' : written.error.message;
    if (this.#next === null) this.#writing = null;
    return this.problem;
  }
}
