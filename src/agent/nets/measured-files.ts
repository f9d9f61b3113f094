// Measured bounds on disk: a file for each rule that has some, written one after the other with others' turns in between. They are large and change
// with every record; what an action waits for is not among them. Which files there are stands with the limits (`rules`).
import { createHash } from 'node:crypto';
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import type { Measured } from '../../engine/index.ts';
import type { Files } from '../ports/index.ts';
import { parsedJson } from './outbox.ts';

type Training = ReturnType<Measured['take']>;

export class MeasuredFiles {
  readonly #files: Pick<Files, 'read' | 'writeAtomically' | 'remove'>;
  readonly #measured: () => readonly Measured[];
  /** Rules that have a file, and what is in it where that is known. */
  readonly #kept = new Map<string, Training | null>();
  #saving: Promise<void> | null = null;
  #again: Promise<void> | null = null;
  problem = '';

  constructor(files: Pick<Files, 'read' | 'writeAtomically' | 'remove'>, measured: () => readonly Measured[]) {
    this.#files = files;
    this.#measured = measured;
  }

  get rules(): readonly string[] { return [...this.#kept.keys()]; }

  /** Of an earlier process, not checked yet; undefined when it cannot be read. */
  async read(rule: string): Promise<unknown> {
    this.#kept.set(rule, null);
    const content = await this.#files.read(fileOf(rule));
    const document = content.ok && content.value !== null ? parsedJson(decodeUtf8(content.value)) as { rule?: unknown; training?: unknown } | null : null;
    return document?.rule === rule ? document.training : undefined;
  }

  /** Everything up to now, once `noted` has been told: a file that is not named is read by nobody, and one that is named is there. */
  save(noted: () => Promise<unknown>): Promise<void> {
    if (this.#saving === null) return (this.#saving = this.#save(noted));
    return (this.#again ??= this.#saving.then(() => { this.#again = null; return (this.#saving = this.#save(noted)); }));
  }

  async #save(noted: () => Promise<unknown>): Promise<void> {
    const measured = this.#measured();
    let problem = '';
    for (const one of measured) {
      problem = await this.#write(one) || problem;
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    this.problem = problem;
    const still = new Set(measured.map(({ rule }) => rule));
    const gone = this.rules.filter((rule) => !still.has(rule));
    for (const rule of gone) this.#kept.delete(rule);
    await noted();
    for (const rule of gone) await this.#files.remove(fileOf(rule));
    if (this.#again === null) this.#saving = null;
  }

  /** Gives why it could not; what a rule that is not armed had measured stays as it is and is written once. */
  async #write({ rule, take }: Measured): Promise<string> {
    const training = take();
    if (this.#kept.get(rule) === training) return '';
    const written = await this.#files.writeAtomically(fileOf(rule), encodeUtf8(JSON.stringify({ version: 1, rule, training })));
    if (written.ok) this.#kept.set(rule, training);
    return written.ok ? '' : written.error.message;
  }
}

/** Ids come from elsewhere: a file's name is made of their hash. */
const fileOf = (rule: string): string => `nets-measured/${createHash('sha256').update(rule).digest('hex').slice(0, 32)}.json`;
