// `weir redact`: JSON lines with one field redacted, or all of them, by the scanner that agents run, and what was found in it. Streams: a chunk is
// read when the one before is written. A line that cannot be read is never printed, for nobody looked into it.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createScanner, KeyRing, type MaskMode } from '../../redaction/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { byteLines } from './byte-lines.ts';
import { cannotRead, inputName } from './input.ts';
import { otherFieldsFound, redactAllFields, redactLine, type LineFinding, type RedactField, type RedactFields } from './redact-line.ts';
import { OtherFields } from './redact-other-fields.ts';

export interface RedactOptions {
  readonly input: string;
  readonly textField: string;
  /** Every text in the line, in the place of one field. */
  readonly allFields?: boolean;
  readonly mode?: MaskMode;
  readonly detectors?: string;
  readonly keyFile?: string;
  /** A policy document, in the place of mode and detectors. */
  readonly policy?: string;
}

/** A line is held whole; a longer one is an error of its own. */
const maxLineBytes = 64 * 1024 * 1024;
/** Problems that are told one by one. */
const mostTold = 100;

export async function redactCommand(options: RedactOptions): Promise<void> {
  const { textField, allFields = false } = options;
  const redact = remembered(await redactionOf(options));
  const tally = new Tally(inputName(options.input), textField);
  const ofLine = (text: string): ReturnType<typeof redactLine> => {
    if (allFields) return redactAllFields(text, redact);
    tally.notLookedAt(otherFieldsFound(text, textField, redact));
    return redactLine(text, textField, redact(textField));
  };
  try {
    for await (const lines of byteLines(chunksOf(options.input), maxLineBytes)) {
      let out = '';
      for (const { number, text } of lines) out += tally.of(number, text === null ? { problem: `longer than ${maxLineBytes / 1024 / 1024} MiB` } : text.trim() === '' ? null : ofLine(text));
      if (out !== '' && !process.stdout.write(out)) await once(process.stdout, 'drain');
    }
  } catch (failed) {
    throw failed instanceof CommandFailure || (failed as NodeJS.ErrnoException).code === undefined ? failed : cannotRead(options.input, failed);
  }
  process.stderr.write(tally.summary());
  if (tally.problems > 0 || tally.readNothing) process.exitCode = 1;
}

/** What becomes of each field is worked out once, of so many fields. */
const mostFields = 1000;

function remembered(redact: RedactFields): RedactFields {
  const known = new Map<string, RedactField>();
  return (path) => {
    let field = known.get(path);
    if (field !== undefined) return field;
    field = redact(path);
    if (known.size < mostFields) known.set(path, field);
    return field;
  };
}

async function redactionOf(options: RedactOptions): Promise<RedactFields> {
  const { detectors, mode = 'mask', keyFile, policy } = options;
  if (policy !== undefined) return byPolicy(policy, options);
  const names = (detectors ?? '*').split(',').map((name) => name.trim()).filter((name) => name !== '');
  const scanner = unwrap(createScanner(names, { keys: new KeyRing(mode === 'hash' ? await hashKey(keyFile) : null) }));
  return (path) => {
    const key = Buffer.from(path);
    return (text, _line, isNumber = false) => {
      if (isNumber && scanner.findInteger(BigInt(text), key, 0, key.length) === null) return null;
      const redacted = scanner.redactText(text, mode, path);
      return redacted === null ? null : { ...redacted, whole: 'keep' };
    };
  };
}

/** Rules take a while to load, so only who names a policy waits for them. */
async function byPolicy(path: string, { detectors, mode = 'mask', keyFile }: RedactOptions): Promise<RedactFields> {
  if (detectors !== undefined || mode !== 'mask') throw new CommandFailure({ code: 'cli.policy-says', message: `--policy goes with neither --detectors nor --mode: ${path} says what is looked for and what becomes of it.`, help: 'Leave these out, or change detectors: and mode: in the policy.' });
  const { policyRedaction } = await import('./redact-policy.ts');
  return policyRedaction(path, new KeyRing(await hashKey(keyFile)));
}

/** Without a file, hashes join within this run only. */
async function hashKey(path: string | undefined): Promise<Uint8Array> {
  if (path === undefined) return randomBytes(32);
  const key = await readFile(path).catch((failed: unknown) => { throw cannotRead(path, failed); });
  if (key.length < 16) throw new CommandFailure({ code: 'cli.short-key', message: `The key in ${path} has ${key.length} bytes, too few to keep hashes secret.`, help: 'Use 32 random bytes.' });
  return key;
}

const chunksOf = (path: string): AsyncIterable<Uint8Array> => (path === '-' ? process.stdin : createReadStream(path));

/** What is printed of each line, and the sums at the end. */
class Tally {
  problems = 0;
  readonly #input: string;
  readonly #field: string;
  #lines = 0;
  #unread = 0;
  #dropped = 0;
  #withFindings = 0;
  readonly #byDetector = new Map<string, number>();
  readonly #others = new OtherFields();

  constructor(input: string, field: string) {
    this.#input = input;
    this.#field = field;
  }

  /** There were lines, and none of them had anything to look at: most likely the field has another name. */
  get readNothing(): boolean { return this.#unread > 0 && this.#unread === this.#lines - this.problems; }

  /** The line to print with its line feed; empty when there is none. */
  of(number: number, result: ReturnType<typeof redactLine> | null): string {
    if (result === null) return '';
    this.#lines++;
    if ('problem' in result) { this.#tell(number, result.problem); return ''; }
    this.#count(result.findings);
    if ('line' in result) {
      if (result.unread) this.#unread++;
      return `${result.line}\n`;
    }
    this.#dropped++;
    return '';
  }

  /** Fields of one line, other than the one that is redacted, in which there is something. */
  notLookedAt(fields: readonly string[]): void { this.#others.add(fields); }

  #tell(number: number, problem: string): void {
    this.problems++;
    if (this.problems <= mostTold) process.stderr.write(`weir: ${this.#input}, line ${number}: ${problem}; the line was not printed.\n`);
    else if (this.problems === mostTold + 1) process.stderr.write('weir: further lines that cannot be read are only counted.\n');
  }

  #count(findings: readonly LineFinding[]): void {
    if (findings.length > 0) this.#withFindings++;
    for (const { detector } of findings) this.#byDetector.set(detector, (this.#byDetector.get(detector) ?? 0) + 1);
  }

  summary(): string {
    const figure = (count: number): string => count.toLocaleString('en');
    const all = [...this.#byDetector].toSorted((a, b) => b[1] - a[1]);
    const total = all.reduce((sum, [, count]) => sum + count, 0);
    const parts = [
      `${figure(this.#lines)} ${this.#lines === 1 ? 'line' : 'lines'}`,
      this.readNothing ? 'nothing looked at' : total === 0 ? 'nothing found' : `${figure(total)} found in ${figure(this.#withFindings)} (${all.map(([name, count]) => `${name} ${figure(count)}`).join(', ')})`,
      ...(this.#dropped > 0 ? [`${figure(this.#dropped)} dropped`] : []), ...(this.problems > 0 ? [`${figure(this.problems)} that cannot be read`] : []),
    ];
    if (this.#unread > 0 && !this.readNothing) parts.push(`${figure(this.#unread)} without text in field "${this.#field}", printed as they came`);
    const nothing = this.readNothing ? `weir: no line has text in field "${this.#field}", so nothing was looked at and every line was printed as it came. Name the field: --text-field message.\n` : '';
    return `weir: ${parts.join('; ')}.\n${nothing}${this.#others.summary()}`;
  }
}
