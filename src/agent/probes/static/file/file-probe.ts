// The static probe `file`: follows files through rotation, turn by turn, one chunk of one file at a time, and only while the rules take what was read.
import { err, ok, type Result } from '../../../../base/index.ts';
import type { ActionProblem, FileTailSpec } from '../../../../model/index.ts';
import type { StaticFigures, StaticPorts, StaticProbe } from '../../contract.ts';
import { counted } from '../counted.ts';
import { HandOver } from '../hand-over.ts';
import { PositionKeeper } from '../position-keeper.ts';
import { Alarm } from './alarm.ts';
import { DirectoryWatch } from './directory-watch.ts';
import { findFiles, notAllowed, type FoundFiles } from './find-files.ts';
import { FollowedFiles } from './followed-files.ts';
import { FileTurns } from './file-turns.ts';
import { readPositions, writePositions } from './position.ts';
import { Reader } from './reader.ts';
import { compileRecordStart } from './record-start.ts';
import { sourceOf } from './source.ts';

const graceMs = 3000;
const [scanMs, longestScanMs, scanCostFactor, hintedScanMs] = [1000, 30_000, 20, 50];
type Started = Result<{ readonly means: string; readonly resolved: string | null }>;

export const fileProbe = (spec: FileTailSpec, ports: StaticPorts): StaticProbe => new FileProbe(spec, ports);

class FileProbe implements StaticProbe {
  readonly #spec: FileTailSpec;
  readonly #ports: StaticPorts;
  readonly #handOver: HandOver;
  readonly #files: FollowedFiles;
  readonly #keeper: PositionKeeper;
  readonly #alarm = new Alarm();
  readonly #watch: DirectoryWatch;
  readonly #over = new AbortController();
  #turns: FileTurns | null = null;
  #reader: Reader | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | null = null;
  #nextScanMs = 0;
  #scanProblem: ActionProblem | null = null;

  constructor(spec: FileTailSpec, ports: StaticPorts) {
    this.#spec = spec;
    this.#ports = ports;
    this.#handOver = new HandOver(ports);
    this.#files = new FollowedFiles({ from: spec.from, nowUnixMs: ports.nowUnixMs, source: (path, real) => sourceOf(path, real, ports.hostName, spec.serviceName) });
    this.#keeper = new PositionKeeper(ports, 'files.json', () => writePositions(this.#files.positions, ports.nowUnixMs()));
    this.#watch = new DirectoryWatch((path, isName) => { this.#hint(path, isName); });
  }

  async start(): Promise<Started> {
    const begins = compileRecordStart(this.#spec.recordStart);
    if (!begins.ok) return begins;
    const found = await findFiles(this.#spec.paths, this.#ports.allowedFiles, this.#over.signal);
    if (!found.ok) return err(found.error);
    if (found.value.refused.length === this.#spec.paths.length) return notAllowed(found.value.refused);
    const positions = readPositions(await this.#keeper.read());
    if (positions !== null) this.#files.restore(positions);
    this.#reader = new Reader(this.#spec, begins.value, this.#handOver, this.#ports.nowUnixMs);
    this.#turns = new FileTurns(this.#files, this.#reader, () => { this.#keeper.changed(); });
    await this.#take(found.value);
    // From now on a file that shows up is new, also after a crash.
    await this.#keeper.begin();
    this.#running = this.#run(this.#turns);
    return ok({ means: 'file tail', resolved: this.#spec.paths.join(', ') });
  }

  stop(): Promise<void> { return this.#stopped ??= this.#stop(); }

  async #stop(): Promise<void> {
    this.#handOver.stop(graceMs);
    this.#over.abort();
    this.#alarm.ring();
    this.#watch.close();
    await this.#running;
    await this.settle();
    for (const file of this.#files.followers.values()) await file.close();
  }

  async settle(): Promise<void> {
    if (this.#turns !== null) await this.#keeper.flush();
    this.#keeper.stop();
  }

  async #run(turns: FileTurns): Promise<void> {
    while (!this.#over.signal.aborted) {
      if (performance.now() >= this.#nextScanMs) await this.#scan();
      const sleepMs = await turns.round(this.#over.signal);
      await this.#alarm.sleep(Math.min(sleepMs, Math.max(0, this.#nextScanMs - performance.now())));
    }
  }

  async #scan(): Promise<void> {
    const from = performance.now();
    try {
      const found = await findFiles(this.#spec.paths, this.#ports.allowedFiles, this.#over.signal);
      if (found.ok) await this.#take(found.value);
      else this.#scanProblem = found.error;
    } catch (failed) {
      if (!this.#over.signal.aborted) this.#scanProblem = { code: 'probe.fault', message: `The search for files failed: ${(failed as Error).message}.`, help: 'It is tried again; files that are followed already are read on.' };
    }
    const now = performance.now();
    this.#nextScanMs = now + Math.min(longestScanMs, Math.max(scanMs, (now - from) * scanCostFactor));
  }

  async #take(found: FoundFiles): Promise<void> {
    const refused = notAllowed(found.refused);
    this.#scanProblem = found.refused.length === 0 || refused.ok ? null : refused.error;
    if (found.stoppedAfter !== null) this.#scanProblem = { code: 'probe.too-many-files', message: `The search for files ended after ${found.stoppedAfter} files and folders; there may be more.`, help: 'Name narrower paths, in the probe or in actions-policy.json.' };
    await this.#files.scan(found.places);
    this.#watch.over([...this.#files.followers.values()].map(({ real }) => real));
    this.#keeper.changed();
  }

  #hint(path: string, isName: boolean): void {
    if (isName) this.#nextScanMs = Math.min(this.#nextScanMs, performance.now() + hintedScanMs);
    for (const file of this.#files.followers.values()) if (file.real === path) file.hint();
    this.#alarm.ring();
  }

  figures(): StaticFigures {
    const { cut, unlike, skipped } = this.#reader ?? { cut: 0, unlike: 0, skipped: 0 };
    const files = [...this.#files.followers.values()];
    const behind = files.reduce((sum, { size, offset, copyOf }) => sum + (copyOf === null ? Math.max(0, size - offset) : 0), 0);
    const { lostBytes } = this.#files;
    const standing = [
      `${counted(files.length, 'file')} followed`, behind > 0 && `${behind} bytes not read yet`, cut > 0 && `${counted(cut, 'record')} cut at ${this.#spec.maxRecordBytes} bytes`, skipped > 0 && `${skipped} bytes of them passed over`,
      unlike > 0 && `${counted(unlike, 'line')} not of the format of the file, kept as text`, lostBytes > 0 && `${lostBytes} bytes went away before they were read`,
    ];
    return {
      records: this.#handOver.records, dropped: 0, problem: this.#keeper.problem ?? this.#turns?.problem ?? this.#scanProblem, lastUnixMs: this.#handOver.lastUnixMs,
      standing: standing.filter((part) => part !== false).join('; '), waiting: this.#handOver.waiting,
    };
  }
}
