// The static probe `journald`: follows journalctl, reads its output only while the rules take it (the pipe holds it back meanwhile), keeps the cursor of
// the last entry that was taken, and starts it again when it ends.
import { err, ok, type Result } from '../../../../base/index.ts';
import type { ActionProblem, JournaldSpec } from '../../../../model/index.ts';
import type { StaticFigures, StaticPorts, StaticProbe } from '../../contract.ts';
import { counted } from '../counted.ts';
import { HandOver } from '../hand-over.ts';
import { PositionKeeper } from '../position-keeper.ts';
import { encodeBatch, mostRecords, type StaticRecord } from '../record.ts';
import { wait } from '../wait.ts';
import { readEntry } from './entry.ts';
import { endedProblem, follow, followArguments, journalctl, journalProblem, type Follow, type JournalPosition } from './journalctl.ts';
import { LineSplitter } from './line-splitter.ts';

const [graceMs, mostLineBytes, steadyMs] = [3000, 8 * 2 ** 20, 10_000];
const restartMs = { first: 1000, longest: 30_000 } as const;
type Started = Result<{ readonly means: string; readonly resolved: string | null }>;

/** `restart`: milliseconds before journalctl is started again; for tests. */
export const journalProbe = (spec: JournaldSpec, ports: StaticPorts, restart: { readonly first: number; readonly longest: number } = restartMs): StaticProbe => new JournalProbe(spec, ports, restart);

class JournalProbe implements StaticProbe {
  readonly #spec: JournaldSpec;
  readonly #ports: StaticPorts;
  readonly #restart: { readonly first: number; readonly longest: number };
  readonly #handOver: HandOver;
  readonly #keeper: PositionKeeper;
  readonly #over = new AbortController();
  #position: JournalPosition = { sinceUnixMs: 0 };
  #following: Follow | null = null;
  #running: Promise<void> = Promise.resolve();
  #isStarted = false;
  #stopped: Promise<void> | null = null;
  #problem: ActionProblem | null = null;
  #malformed = 0;
  #tooLong = 0;
  #restarts = 0;

  constructor(spec: JournaldSpec, ports: StaticPorts, restart: { readonly first: number; readonly longest: number }) {
    this.#spec = spec;
    this.#ports = ports;
    this.#restart = restart;
    this.#handOver = new HandOver(ports);
    this.#keeper = new PositionKeeper(ports, 'cursor.json', () => ({ version: 1, ...this.#position }));
  }

  async start(): Promise<Started> {
    try {
      this.#position = readPosition(await this.#keeper.read()) ?? await this.#end();
      this.#following = await follow(followArguments(this.#spec, this.#position));
    } catch (failed) {
      return err(journalProblem(failed as NodeJS.ErrnoException));
    }
    this.#isStarted = true;
    await this.#keeper.begin();
    this.#running = this.#run(this.#following);
    return ok({ means: 'journalctl', resolved: this.#spec.units.length === 0 ? 'all units' : this.#spec.units.join(', ') });
  }

  stop(): Promise<void> { return this.#stopped ??= this.#stop(); }

  async #stop(): Promise<void> {
    this.#handOver.stop(graceMs);
    this.#over.abort();
    await this.#following?.end();
    await this.#running;
    await this.settle();
  }

  async settle(): Promise<void> {
    if (this.#isStarted) await this.#keeper.flush();
    this.#keeper.stop();
  }

  /** The last entry of now, so that what comes from here on is new; the time when there is no entry. */
  async #end(): Promise<JournalPosition> {
    const sinceUnixMs = this.#ports.nowUnixMs();
    const last = await journalctl(['--output=json', '--lines=1', '--no-pager', '--quiet', '--output-fields=__CURSOR'], mostLineBytes);
    const cursor = last === null ? null : readEntry(last.trim(), 0, '')?.cursor ?? null;
    return cursor === null ? { sinceUnixMs } : { cursor };
  }

  async #run(first: Follow): Promise<void> {
    let [following, pauseMs]: [Follow | null, number] = [first, this.#restart.first];
    while (!this.#over.signal.aborted) {
      const from = performance.now();
      if (following !== null) await this.#read(following);
      if (this.#over.signal.aborted) break;
      if (performance.now() - from > steadyMs) pauseMs = this.#restart.first;
      await wait(pauseMs, this.#over.signal);
      pauseMs = Math.min(this.#restart.longest, pauseMs * 2);
      if (this.#over.signal.aborted) break;
      this.#restarts++;
      following = await this.#again();
    }
  }

  async #again(): Promise<Follow | null> {
    try {
      const following = await follow(followArguments(this.#spec, this.#position));
      this.#following = following;
      // It was stopped while the child was starting.
      if (this.#over.signal.aborted) await following.end();
      return following;
    } catch (failed) {
      this.#problem = journalProblem(failed as NodeJS.ErrnoException);
      return null;
    }
  }

  /** Until it ends. */
  async #read(following: Follow): Promise<void> {
    const lines = new LineSplitter(mostLineBytes, () => { this.#tooLong++; });
    try {
      for await (const chunk of following.stdout) {
        if (!await this.#take(lines, chunk as Buffer)) break;
      }
    } catch { /* The pipe broke: the child has ended, and says why. */ }
    await following.end();
    const { code } = await following.ended;
    if (this.#over.signal.aborted) return;
    this.#problem = endedProblem(code, following.lastWords());
    if (/cursor/i.test(following.lastWords()) && 'cursor' in this.#position) this.#position = { sinceUnixMs: this.#handOver.lastUnixMs ?? this.#ports.nowUnixMs() };
  }

  /** The entries that end in this chunk. False: the probe ends, and the rest was not taken. */
  async #take(lines: LineSplitter, chunk: Buffer): Promise<boolean> {
    let [records, cursor]: [StaticRecord[], string | null] = [[], null];
    const give = async (): Promise<boolean> => {
      if (records.length > 0 && !await this.#handOver.give(encodeBatch(records, this.#ports.probe), records)) return false;
      if (cursor !== null) { this.#position = { cursor }; this.#keeper.changed(); this.#problem = null; }
      records = [];
      return true;
    };
    for (const line of lines.add(chunk)) {
      const entry = readEntry(line.toString('utf8'), this.#ports.nowUnixMs(), this.#ports.hostName);
      records.push(entry?.record ?? this.#plain(line));
      cursor = entry?.cursor ?? cursor;
      if (records.length >= mostRecords && !await give()) return false;
    }
    return give();
  }

  #plain(line: Buffer): StaticRecord {
    this.#malformed++;
    return { resource: { 'host.name': this.#ports.hostName }, log: { observedUnixNano: BigInt(Math.round(this.#ports.nowUnixMs())) * 1_000_000n, body: line.toString('utf8') } };
  }

  figures(): StaticFigures {
    const standing = [
      'cursor' in this.#position ? 'after the last entry that was taken' : `from ${new Date(this.#position.sinceUnixMs).toISOString()}`, this.#restarts > 0 && `journalctl was started again ${counted(this.#restarts, 'time')}`,
      this.#malformed > 0 && `${counted(this.#malformed, 'line')} no JSON, kept as text`, this.#tooLong > 0 && `${this.#tooLong} longer than ${mostLineBytes} bytes, dropped`,
    ];
    return {
      records: this.#handOver.records, dropped: this.#tooLong, problem: this.#keeper.problem ?? this.#problem, lastUnixMs: this.#handOver.lastUnixMs,
      standing: standing.filter((part) => part !== false).join('; '), waiting: this.#handOver.waiting, latest: this.#handOver.latest,
    };
  }
}

function readPosition(json: unknown): JournalPosition | null {
  const { version, cursor, sinceUnixMs } = (typeof json === 'object' && json !== null ? json : {}) as { version?: unknown; cursor?: unknown; sinceUnixMs?: unknown };
  if (version !== 1) return null;
  if (typeof cursor === 'string') return { cursor };
  return typeof sinceUnixMs === 'number' ? { sinceUnixMs } : null;
}
