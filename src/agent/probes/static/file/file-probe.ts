// The static probe `file`: follows files through rotation. Two loops: one searches and looks by the clock, whatever happens; the other reads, one chunk of
// one file at a time, and only while the rules take what was read.
import { err, ok, type Result } from '../../../../base/index.ts';
import type { ActionProblem, FileTailSpec } from '../../../../model/index.ts';
import type { StaticFigures, StaticPorts, StaticProbe } from '../../contract.ts';
import { counted } from '../counted.ts';
import { HandOver } from '../hand-over.ts';
import { PositionKeeper } from '../position-keeper.ts';
import { Alarm } from './alarm.ts';
import { DirectoryWatch } from './directory-watch.ts';
import { findFiles, notAllowed, type FoundFiles } from './find-files.ts';
import { FileLooks } from './file-looks.ts';
import { FileTurns } from './file-turns.ts';
import { FollowedFiles } from './followed-files.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { readPositions, writePositions } from './position.ts';
import { Reader } from './reader.ts';
import { compileRecordStart } from './record-start.ts';
import { sourceOf } from './source.ts';

const graceMs = 3000;
const [scanMs, longestScanMs, scanCostFactor, hintedScanMs, lookMs] = [1000, 30_000, 20, 50, 250];
type Started = Result<{ readonly means: string; readonly resolved: string | null }>;

export const fileProbe = (spec: FileTailSpec, ports: StaticPorts): StaticProbe => new FileProbe(spec, ports);

class FileProbe implements StaticProbe {
  readonly #spec: FileTailSpec;
  readonly #ports: StaticPorts;
  readonly #handOver: HandOver;
  readonly #files: FollowedFiles;
  readonly #keeper: PositionKeeper;
  readonly #readAlarm = new Alarm();
  readonly #lookAlarm = new Alarm();
  readonly #oneAtATime = new OneAtATime();
  readonly #looks: FileLooks;
  readonly #watch: DirectoryWatch;
  readonly #over = new AbortController();
  #turns: FileTurns | null = null;
  #reader: Reader | null = null;
  #running: Promise<unknown> = Promise.resolve();
  #stopped: Promise<void> | null = null;
  #nextScanMs = 0;
  #scanProblem: ActionProblem | null = null;

  constructor(spec: FileTailSpec, ports: StaticPorts) {
    this.#spec = spec;
    this.#ports = ports;
    this.#handOver = new HandOver(ports);
    this.#files = new FollowedFiles({ from: spec.from, nowUnixMs: ports.nowUnixMs, source: (path, real) => sourceOf(path, real, ports.hostName, spec.serviceName) });
    this.#looks = new FileLooks(this.#files, this.#oneAtATime);
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
    this.#reader = new Reader(this.#spec, begins.value, this.#handOver, this.#ports);
    this.#turns = new FileTurns(this.#files, this.#reader, this.#oneAtATime, () => { this.#keeper.changed(); });
    await this.#take(found.value);
    // From now on a file that shows up is new, also after a crash.
    await this.#keeper.begin();
    this.#running = Promise.all([this.#read(this.#turns), this.#look()]);
    return ok({ means: 'file tail', resolved: this.#spec.paths.join(', ') });
  }

  stop(): Promise<void> { return this.#stopped ??= this.#stop(); }

  async #stop(): Promise<void> {
    this.#handOver.stop(graceMs);
    this.#over.abort();
    this.#readAlarm.ring();
    this.#lookAlarm.ring();
    this.#watch.close();
    await this.#running;
    this.#files.losses.settle(null);
    await this.settle();
    for (const file of this.#files.followers.values()) await file.close();
  }

  async settle(): Promise<void> {
    if (this.#turns !== null) await this.#keeper.flush();
    this.#keeper.stop();
  }

  async #read(turns: FileTurns): Promise<void> {
    while (!this.#over.signal.aborted) {
      const sleepMs = await turns.round(this.#over.signal);
      await this.#readAlarm.sleep(sleepMs);
    }
  }

  async #look(): Promise<void> {
    while (!this.#over.signal.aborted) {
      if (performance.now() >= this.#nextScanMs) await this.#scan();
      await this.#looks.round(this.#over.signal);
      this.#files.losses.settle(this.#turns?.inHand ?? null);
      await this.#lookAlarm.sleep(Math.min(lookMs, Math.max(1, this.#nextScanMs - performance.now())));
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
    const before = this.#files.followers.size;
    await this.#oneAtATime.run(() => this.#files.scan(found.places));
    if (this.#files.followers.size !== before) this.#readAlarm.ring();
    this.#watch.over([...this.#files.followers.values()].map(({ real }) => real));
    this.#keeper.changed();
  }

  #hint(path: string, isName: boolean): void {
    if (isName) this.#nextScanMs = Math.min(this.#nextScanMs, performance.now() + hintedScanMs);
    for (const file of this.#files.followers.values()) if (file.real === path) file.hint();
    this.#readAlarm.ring();
    if (isName) this.#lookAlarm.ring();
  }

  figures(): StaticFigures {
    const { cut, unlike, skipped } = this.#reader ?? { cut: 0, unlike: 0, skipped: 0 };
    const files = [...this.#files.followers.values()];
    const behind = files.reduce((sum, { size, at, copyOf }) => sum + (copyOf === null ? Math.max(0, size - at.offset) : 0), 0);
    const { losses } = this.#files;
    const standing = [
      `${counted(files.length, 'file')} followed`, behind > 0 && `${behind} bytes not read yet`, cut > 0 && `${counted(cut, 'record')} cut at ${this.#spec.maxRecordBytes} bytes`, skipped > 0 && `${skipped} bytes of them passed over`,
      unlike > 0 && `${counted(unlike, 'line')} not of the format of the file, kept as text`, losses.bytes > 0 && `${losses.bytes} bytes went away before they were read`,
      losses.files > 0 && `${counted(losses.files, 'file')} went away before anybody saw how much of it was new`,
    ];
    return {
      records: this.#handOver.records, dropped: 0, problem: this.#keeper.problem ?? this.#turns?.unreadable.problem ?? this.#scanProblem ?? lostProblem(losses), lastUnixMs: this.#handOver.lastUnixMs,
      standing: standing.filter((part) => part !== false).join('; '), waiting: this.#handOver.waiting, latest: this.#handOver.latest,
    };
  }
}

/** It is told for as long as this agent runs: nobody would see it in a count. */
const lostProblem = ({ bytes, files }: FollowedFiles['losses']): ActionProblem | null => (bytes + files === 0 ? null : {
  code: 'probe.lost', message: `Lines were lost: ${[bytes > 0 ? `${bytes} bytes went away before they were read` : '', files > 0 ? `${counted(files, 'file')} went away or ${files === 1 ? 'was' : 'were'} compressed before anybody read ${files === 1 ? 'it' : 'them'}` : ''].filter((part) => part !== '').join('; ')}.`,
  help: 'Rotation took them while the exporters were full or no agent ran. Let rotation keep more old files, and compress them one rotation later (delaycompress of logrotate); rotate by rename rather than by copytruncate.',
});
