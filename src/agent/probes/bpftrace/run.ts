// A program in and out of the kernel by bpftrace: a pause ends it, recovery starts it again, since a stopped one would cost as before.
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import type { Proc } from '../../processes/index.ts';
import type { Hit, HitSink } from '../contract.ts';
import { BpftraceChild, endMarked } from './child.ts';
import { saidIn } from './output.ts';
import type { Template } from './template.ts';

export interface RunPorts { readonly path: string; readonly mark: string; readonly program: string; readonly template: Template | null; readonly process: AgentProcess | null; readonly proc: Proc; readonly sink: HitSink; /** After so long it ends by itself, whoever is left. */ readonly mostMs: number }

const lifeEveryMs = 1000;
/** Who ends a whole service ends this program, too, and Weir hears of its own end a moment later. */
const endHeardMs = 1500;
/** Weir takes it out at its date; this is for when no Weir is there. */
const [graceSeconds, mostSeconds] = [5, 2 ** 31 - 1];

/** The kernel itself ends it, however its Weir ended. */
export const withEnd = (program: string, afterMs: number): string => `${program}\ninterval:s:${Math.min(mostSeconds, Math.max(1, Math.ceil(afterMs / 1000)) + graceSeconds)} { exit(); }`;

export class BpftraceRun {
  readonly #ports: RunPorts;
  readonly #untilMs: number;
  #child: BpftraceChild | null = null;
  #life: NodeJS.Timeout | null = null;
  #isOver = false;
  #isIn = false;

  constructor(ports: RunPorts) {
    this.#ports = ports;
    this.#untilMs = performance.now() + ports.mostMs;
  }

  /** Resolves when its probes are attached. Errors: those of `complaints.ts`, `probe.cancelled`. */
  async start(signal: AbortSignal | null = null): Promise<Result<void>> {
    if (this.#isOver) return failure('probe.cancelled', 'It was taken out already.');
    if (this.#child !== null) return this.#child.attached;
    const { path, program, mark } = this.#ports;
    const child = new BpftraceChild({ path, program: withEnd(program, this.#untilMs - performance.now()), mark, lines: (lines) => { this.#hear(child, lines); }, dropped: (count) => { this.#ports.sink.lost(count); }, broke: (why) => { this.#broke(child, why); } });
    this.#child = child;
    const stop = (): void => { void child.stop(); };
    signal?.addEventListener('abort', stop);
    if (signal?.aborted === true) stop();
    const done = await child.attached;
    signal?.removeEventListener('abort', stop);
    if (!done.ok) { await this.pause(); return done; }
    this.#isIn = true;
    this.#watch();
    return ok(undefined);
  }

  async pause(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    await child?.stop();
  }

  async remove(): Promise<boolean> {
    this.#isOver = true;
    if (this.#life !== null) clearInterval(this.#life);
    await this.pause();
    return endMarked(this.#ports.proc, this.#ports.mark);
  }

  #hear(child: BpftraceChild, lines: readonly string[]): void {
    const now = BigInt(Date.now()) * 1_000_000n;
    const hits: Hit[] = [];
    let lost = 0;
    for (const line of lines) {
      const said = saidIn(line, this.#ports.template, now, now - process.hrtime.bigint());
      if (said.kind === 'attached') child.ready();
      else if (said.kind === 'hit') hits.push(said.hit);
      else lost += said.kind === 'lost' ? said.count : said.kind === 'unreadable' ? 1 : 0;
    }
    if (hits.length > 0) this.#ports.sink.take(hits);
    if (lost > 0) this.#ports.sink.lost(lost);
  }

  /** By itself, after it had been in; before that the insert tells. A fault only if nobody takes it out meanwhile. */
  #broke(child: BpftraceChild, why: Failure): void {
    const isHere = (): boolean => !this.#isOver && this.#child === child && this.#isIn;
    if (isHere()) setTimeout(() => { if (isHere()) void this.remove().then(() => { this.#ports.sink.ended('fault', why); }); }, endHeardMs).unref();
  }

  #watch(): void {
    const { process: watched, proc } = this.#ports;
    if (watched === null || this.#life !== null) return;
    this.#life = setInterval(() => { void this.#look(watched, proc); }, lifeEveryMs);
  }

  async #look(watched: AgentProcess, proc: Proc): Promise<void> {
    if (this.#isOver || await proc.isAlive(watched.pid, watched.startTicks)) return;
    await this.remove();
    this.#ports.sink.ended('process-gone', null);
  }
}
