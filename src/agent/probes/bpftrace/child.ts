// One bpftrace while it runs: started without a shell, marked in its environment so that a later Weir finds it, killed to end (the kernel takes
// its programs out with it, at once).
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as waitMs } from 'node:timers/promises';
import { ok, err, failure, type Failure, type Result } from '../../../base/index.ts';
import type { Proc } from '../../processes/index.ts';
import { complaintOf } from './complaints.ts';
import { BoundedLines } from './output.ts';

export interface ChildAsk { readonly path: string; readonly program: string; readonly mark: string; readonly lines: (lines: readonly string[]) => void; readonly dropped: (count: number) => void; /** Ended by itself. */ readonly broke: (why: Failure) => void }

const markName = 'WEIR_PROBE';
const [attachMs, settleMs, mostComplaint] = [30_000, 300, 16_384];
/** Of a text; the stack of a BPF program has 512 bytes. */
const textBytes = 128;

export class BpftraceChild {
  readonly #ask: ChildAsk;
  readonly #child: ChildProcess;
  readonly #closed: Promise<void>;
  #stderr = '';
  #isStopping = false;
  #attached!: (done: Result<void>) => void;
  /** Resolves when it hears the kernel, or cannot. */
  readonly attached: Promise<Result<void>>;

  constructor(ask: ChildAsk) {
    this.#ask = ask;
    this.attached = new Promise((resolve) => { this.#attached = resolve; });
    // In a group of its own: Ctrl-C at a terminal ends Weir, and Weir ends it.
    this.#child = spawn(ask.path, ['-f', 'json', '-e', ask.program], { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', detached: true, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TERM: 'dumb', BPFTRACE_STRLEN: String(textBytes), [markName]: ask.mark } });
    this.#closed = new Promise((resolve) => { this.#child.once('close', (code) => { this.#ended(code); resolve(); }); });
    this.#child.once('error', (error) => { this.#stderr += error.message; this.#ended(null); });
    this.#child.stderr?.on('data', (chunk: Buffer) => { this.#stderr = (this.#stderr + chunk.toString()).slice(0, mostComplaint); });
    this.#listen();
    const late = setTimeout(() => { this.#attached(failure('probe.tool-failed', `bpftrace did not get ready within ${attachMs / 1000} s.`, 'The machine may be too busy; try again.')); }, attachMs);
    void this.attached.then(() => { clearTimeout(late); });
  }

  /** Heard when it said that its probes are attached: some versions say so before they try, and end at once when they cannot. */
  ready(): void { setTimeout(() => { this.#attached(ok(undefined)); }, settleMs); }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  #listen(): void {
    const lines = new BoundedLines();
    let told = 0;
    this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.#ask.lines(lines.add(chunk));
      if (lines.dropped > told) this.#ask.dropped(lines.dropped - told);
      told = lines.dropped;
    });
  }

  #ended(code: number | null): void {
    const why = complaintOf(this.#stderr, code);
    this.#attached(err(this.#isStopping ? { code: 'probe.cancelled', message: 'It was taken back before it was in.' } : why));
    if (!this.#isStopping) this.#ask.broke(why);
  }
}

/** Ends each bpftrace with that mark; true when none is left. */
export async function endMarked(proc: Proc, mark: string): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    const left = await marked(proc, mark);
    if (left.length === 0) return true;
    for (const pid of left) kill(pid);
    await waitMs(50);
  }
  return false;
}

async function marked(proc: Proc, mark: string): Promise<number[]> {
  const found: number[] = [];
  for (const pid of await proc.pids()) {
    const stat = await proc.stat(pid);
    if (stat === null || stat.comm !== 'bpftrace' || stat.state === 'Z') continue;
    const environment = await proc.text(pid, 'environ') ?? '';
    if (environment.split('\0').includes(`${markName}=${mark}`)) found.push(pid);
  }
  return found;
}

function kill(pid: number): void {
  try { process.kill(pid, 'SIGKILL'); } catch { /* ended meanwhile */ }
}
