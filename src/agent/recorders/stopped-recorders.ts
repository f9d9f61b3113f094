// Which recorders somebody stopped: they stay stopped beyond the process, until they are started again.
import { z } from 'zod';
import { decodeUtf8, encodeUtf8 } from '../../base/index.ts';
import type { Pipeline } from '../../engine/index.ts';
import type { Files } from '../ports/index.ts';

export const stoppedFile = 'recorders-stopped.json';
/** The oldest are forgotten, and run again at the next start. */
const mostStopped = 10_000;

const stored = z.object({ version: z.literal(1), names: z.array(z.string()) });
type Diagnosed = Pick<Pipeline, 'runRecorder' | 'readRecorder' | 'recorderKeys' | 'openValve' | 'closeValve'>;

export class StoppedRecorders {
  readonly #files: Pick<Files, 'read' | 'writeAtomically'>;
  readonly #pipeline: Pick<Pipeline, 'runRecorder'>;
  readonly #names = new Set<string>();
  #saving: Promise<void> = Promise.resolve();
  /** For the health report; empty when all is well. */
  problem = '';

  private constructor(files: Pick<Files, 'read' | 'writeAtomically'>, pipeline: Pick<Pipeline, 'runRecorder'>) {
    this.#files = files;
    this.#pipeline = pipeline;
  }

  /** Before recorders are defined: those that were stopped never run. */
  static async open(files: Pick<Files, 'read' | 'writeAtomically'>, pipeline: Pick<Pipeline, 'runRecorder'>): Promise<StoppedRecorders> {
    const stopped = new StoppedRecorders(files, pipeline);
    await stopped.#load();
    return stopped;
  }

  async #load(): Promise<void> {
    const content = await this.#files.read(stoppedFile);
    if (content.ok && content.value === null) return;
    const saved = content.ok ? parsed(decodeUtf8(content.value!)) : null;
    if (saved === null) this.problem = `Which recorders were stopped cannot be read (${stoppedFile}), so they run. Stop them again.`;
    for (const name of saved ?? []) { this.#names.add(name); this.#pipeline.runRecorder(name, false); }
  }

  /** False when there is none of that name. */
  run(name: string, running: boolean): boolean {
    const isKnown = this.#pipeline.runRecorder(name, running);
    const changed = running ? this.#names.delete(name) : isKnown && !this.#names.has(name);
    if (!running && isKnown) this.#names.add(name);
    if (this.#names.size > mostStopped) this.#names.delete(this.#names.values().next().value!);
    if (changed) this.#saving = this.#saving.then(() => this.#save());
    return isKnown;
  }

  async #save(): Promise<void> {
    const saved = await this.#files.writeAtomically(stoppedFile, encodeUtf8(JSON.stringify({ version: 1, names: [...this.#names] })));
    this.problem = saved.ok ? '' : `Which recorders are stopped could not be saved for the next start: ${saved.error.message}`;
  }

  /** When everything so far is on disk. */
  settled(): Promise<void> { return this.#saving; }

  /** What starts and stops recorders does it through this. */
  over(pipeline: Diagnosed): Diagnosed {
    return {
      runRecorder: (name, running) => this.run(name, running), readRecorder: (name, asked) => pipeline.readRecorder(name, asked), recorderKeys: (name, limit) => pipeline.recorderKeys(name, limit),
      openValve: (valve) => { pipeline.openValve(valve); }, closeValve: (id) => pipeline.closeValve(id),
    };
  }
}

function parsed(text: string): readonly string[] | null {
  try { return stored.safeParse(JSON.parse(text)).data?.names ?? null; } catch { return null; }
}
