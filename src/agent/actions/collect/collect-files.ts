// collect-files: files that the machine's allow-list names, as a tar archive with a manifest that says what is in it, what was redacted
// and what was left out and why. Text is redacted; what is no text goes as it is, unless
// a secret can be read in it, and makes the archive sensitive.
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { failure } from '../../../base/index.ts';
import type { Proc } from '../../processes/index.ts';
import { type Action, fileStem, harmless, nameOf, type Run } from '../contract.ts';
import { throwIfAborted } from '../wait.ts';
import { present } from '../tools/index.ts';
import { chooseFiles, tellStopped, type Chosen } from './globs.ts';
import { mostFileBytes, otherFiles, readTail } from './read-file.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';
import { asText, findingsInBinary, redactLong, type RedactText } from './text.ts';

interface Ports { readonly proc: Proc; readonly redactText: RedactText }
interface Row { readonly path: string; readonly bytes: number; readonly form: 'text' | 'binary'; readonly redactions: number; readonly cut: boolean }

export function collectFiles(ports: Ports): Action<'collect-files'> {
  return {
    about: 'maybe',
    estimate: async ({ process }) => harmless('files on the allow-list of the machine, as tar', {
      pauseMs: 0, risk: { level: 'low', reasons: ['Text is redacted; binary files in which a secret can be read are left out, others go as they are.'] }, problems: present(await otherFiles(ports.proc, process)),
    }),
    async run(ask, run) {
      const { process } = ask;
      const chosen = await chooseFiles(ask.policy.files, ask.parameters.files, process === null ? null : await ports.proc.link(process.pid, 'cwd'), run.signal);
      tellStopped(chosen, run);
      if (chosen.files.length === 0) return failure('action.nothing-collected', `No file was taken: ${chosen.skipped.slice(0, 3).map(({ path, why }) => `${path}: ${why}`).join('; ') || 'nothing matches'}.`, `This machine allows: ${ask.policy.files.join(', ')}. Its owner changes that in actions-policy.json.`);
      const name = `files-${process === null ? 'machine' : fileStem(process)}.tar`;
      const draft = await run.open(name);
      if (!draft.ok) return draft;
      const archive = new Archive(createWriteStream(draft.value.path, { mode: 0o600 }), ports.redactText, Math.min(run.maxBytes, ask.parameters.maxBytes ?? Infinity));
      const rows = await archive.write(chosen, run).catch(async (failed: unknown) => { await draft.value.discard(); throw failed; });
      run.figure('files', rows.length);
      run.figure('redactions', rows.reduce((sum, row) => sum + row.redactions, 0));
      return run.keep(draft.value, { kind: 'files', format: 'tar', name, sensitive: rows.some(({ form }) => form === 'binary'), summary: `${rows.length} files${process === null ? '' : ` of ${nameOf(process)}`}`, figures: { files: rows.length } });
    },
  };
}

class Archive {
  readonly #out: WriteStream;
  readonly #redact: RedactText;
  #left: number;
  readonly #skipped: { path: string; why: string }[] = [];

  constructor(out: WriteStream, redact: RedactText, maxBytes: number) {
    this.#out = out;
    this.#redact = redact;
    this.#left = maxBytes;
  }

  async write({ files, skipped }: Chosen, run: Run): Promise<Row[]> {
    const failed = new Promise<never>((_, reject) => { this.#out.once('error', reject); });
    failed.catch(() => undefined);
    const rows: Row[] = [];
    this.#skipped.push(...skipped);
    for (const [index, { path, real }] of files.entries()) {
      throwIfAborted(run.signal);
      run.progress(index / files.length, path.slice(-200));
      const row = await Promise.race([this.#file(path, real), failed]);
      if (row !== null) rows.push(row);
    }
    if (this.#skipped.length > 0) run.note(`${this.#skipped.length} were left out; weir-manifest.json in the archive says why.`);
    await this.#add('weir-manifest.json', Buffer.from(`${JSON.stringify({ schema: 'weir.files/1', files: rows, leftOut: this.#skipped }, null, 2)}\n`), run.nowUnixMs());
    this.#out.end(tarEnd());
    await Promise.race([once(this.#out, 'close'), failed]);
    return rows;
  }

  async #file(path: string, real: string): Promise<Row | null> {
    const read = await readTail(real, mostFileBytes).catch((failed: NodeJS.ErrnoException) => failed);
    if (read instanceof Error) { this.#skipped.push({ path, why: `cannot be read (${read.code ?? read.message})` }); return null; }
    if (read.bytes.length > this.#left) { this.#skipped.push({ path, why: 'the archive is as large as it may be' }); return null; }
    const text = asText(read.bytes);
    const found = text === null ? await findingsInBinary(this.#redact, read.bytes) : 0;
    if (found > 0) { this.#skipped.push({ path, why: `it is no text, so nothing can be masked in it, and it holds what looks like ${found} ${found === 1 ? 'secret' : 'secrets'}` }); return null; }
    const redacted = text === null ? null : await redactLong(this.#redact, text);
    const content = redacted === null ? read.bytes.subarray(read.lead) : Buffer.from(redacted.text.slice(read.lead));
    this.#left -= content.length;
    await this.#add(path, content, read.modifiedUnixMs);
    return { path, bytes: content.length, form: text === null ? 'binary' : 'text', redactions: redacted?.findings ?? 0, cut: read.cut };
  }

  async #add(name: string, content: Buffer, modifiedUnixMs: number): Promise<void> {
    this.#out.write(tarHeader({ name, bytes: content.length, modifiedUnixMs }));
    this.#out.write(content);
    if (!this.#out.write(tarPadding(content.length))) await once(this.#out, 'drain');
  }
}
