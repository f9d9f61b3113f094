// `weir mine`: which statement each line of a log comes from. Ids settle while lines are read: a template that is met again with other
// words is generalised, and its id with it. So lines are read first and printed then: what is held of a line is the ordinal of its
// template, four bytes, and an ordinal leads to what its template became. Only on a pipe that pauses are lines printed sooner.
import { once } from 'node:events';
import { encodeUtf8 } from '../../base/index.ts';
import { TemplateMiner } from '../../mining/index.ts';
import { CommandFailure } from '../failure.ts';
import { byteLines, type ByteLine } from './byte-lines.ts';
import { cannotRead, inputName } from './input.ts';
import { HeldLines } from './mine-held.ts';
import { unpackedChunks } from './mine-input.ts';
import { textOfLine, type Problem } from './mine-line.ts';

export interface MineOptions { readonly input: string; readonly textField: string }

/** A line is held whole while it is read; a longer one is an error of its own. */
const maxLineBytes = 64 * 1024 * 1024;
/** Lines whose ids settle together: 64 MiB of ordinals. */
const mostHeld = 16 * 1024 * 1024;
/** A pipe that pauses so long is being watched. */
const pauseMs = 2000;
/** Problems that are told one by one. */
const mostTold = 100;

export async function mineCommand(options: MineOptions): Promise<void> {
  const run = new MineRun(options);
  try {
    for await (const lines of withPauses(byteLines(unpackedChunks(options.input), maxLineBytes), options.input === '-' ? pauseMs : 0)) {
      if (lines === null) await run.print();
      else await run.read(lines);
    }
  } catch (failed) {
    // What was read before stands.
    await run.print();
    throw failed instanceof CommandFailure || (failed as NodeJS.ErrnoException).code === undefined ? failed : cannotRead(options.input, failed);
  }
  await run.print();
  process.stderr.write(run.summary());
  if (run.failed) process.exitCode = 1;
}

/** What the batches are, and null whenever the next takes longer than `ms`; 0 for never. */
async function* withPauses<T>(batches: AsyncGenerator<T>, ms: number): AsyncGenerator<T | null> {
  if (ms === 0) { yield* batches; return; }
  for (;;) {
    const next = batches.next();
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise<null>((resolve) => { timer = setTimeout(resolve, ms, null); });
    if (await Promise.race([next, pause]) === null) yield null;
    const { done, value } = await next;
    clearTimeout(timer);
    if (done === true) return;
    yield value;
  }
}

class MineRun {
  readonly #miner = new TemplateMiner();
  readonly #held = new HeldLines(this.#miner);
  readonly #input: string;
  readonly #field: string;
  #lines = 0;
  #mined = 0;
  #problems = 0;
  #missing = 0;
  readonly #began = performance.now();
  #usedMs = 0;
  #early = 0;

  constructor({ input, textField }: MineOptions) {
    this.#input = inputName(input);
    this.#field = textField;
  }

  /** A line that cannot be read, or a field that no line has. */
  get failed(): boolean { return this.#problems > 0 || (this.#mined === 0 && this.#missing > 0); }

  async read(lines: readonly ByteLine[]): Promise<void> {
    for (const line of lines) this.#read(line);
    if (this.#held.size < mostHeld) return;
    this.#early += this.#held.size;
    await this.print();
  }

  #read({ number, text }: ByteLine): void {
    this.#lines++;
    const found = text === null ? { problem: 'too-long' as const } : textOfLine(text, this.#field);
    if ('problem' in found) { this.#tell(number, found.problem); this.#held.addProblem(found.problem); return; }
    const began = performance.now();
    const bytes = encodeUtf8(found.text);
    this.#held.add(this.#miner.mine(bytes, 0, bytes.length));
    this.#usedMs += performance.now() - began;
    this.#mined++;
  }

  #tell(number: number, problem: Problem): void {
    if (problem === 'blank') return;
    if (problem === 'no-text') { this.#missing++; return; }
    this.#problems++;
    if (this.#problems <= mostTold) process.stderr.write(`weir: ${this.#input}, line ${number}: ${saidOf(problem)}.\n`);
    else if (this.#problems === mostTold + 1) process.stderr.write('weir: further lines that cannot be read are only counted.\n');
  }

  /** Prints the lines read so far, with their ids as they are known now. */
  async print(): Promise<void> {
    for (const out of this.#held.take()) if (!process.stdout.write(out)) await once(process.stdout, 'drain');
  }

  summary(): string {
    const { templates, folded } = this.#miner.stats();
    const figure = (count: number): string => count.toLocaleString('en');
    const counted = (count: number, of: string): string => `${figure(count)} ${of}${count === 1 ? '' : 's'}`;
    const perSecond = (ms: number): string => figure(Math.round(this.#lines / Math.max(ms, 1) * 1000));
    const rate = `, ${perSecond(performance.now() - this.#began)} lines/s in all${this.#mined === 0 ? '' : `, ${figure(Math.round(this.#mined / Math.max(this.#usedMs, 1) * 1000))} of mining`}`;
    const parts = [
      `${counted(this.#lines, 'line')}, ${counted(templates - 1 + Math.min(folded, 1), 'template')}${rate}, ${figure(folded)} folded`,
      ...(this.#problems > 0 ? [`${figure(this.#problems)} that cannot be read`] : []),
      ...(this.#missing > 0 ? [this.#mined === 0 ? `no line has text in field "${this.#field}": name it with --text-field` : `${figure(this.#missing)} without text in field "${this.#field}"`] : []),
      ...(this.#early > 0 ? [`${figure(this.#early)} printed before the end, for more than ${figure(mostHeld)} are not held`] : []),
    ];
    return `weir: ${parts.join('; ')}.\n`;
  }
}

const saidOf = (problem: Problem): string => ({ 'not-json': 'not JSON', 'not-object': 'not a JSON object', 'too-long': `longer than ${maxLineBytes / 1024 / 1024} MiB`, blank: 'blank', 'no-text': 'no text in the field' })[problem];
