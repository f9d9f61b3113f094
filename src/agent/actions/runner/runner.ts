// Runs actions: prepares, waits for a place, asks for objections, counts, runs within bounds of time, and reports at each change and every second.
// One wrong action harms no other; what it throws is its own failure.
import type { Failure, Result } from '../../../base/index.ts';
import type { ActionPreview, ActionReport, ActionRequest } from '../../../model/index.ts';
import type { ArtifactSink } from '../../artifacts/sink.ts';
import type { Proc, ProcessTable } from '../../processes/index.ts';
import type { ActionTable, Problem } from '../contract.ts';
import type { InspectorDoor } from '../inspector/index.ts';
import { type ActionBook, type ActionPolicy, withinLimits, words } from '../limits/index.ts';
import type { Scratch } from '../scratch.ts';
import type { VerbosePort } from '../verbose-logs.ts';
import { Aborted } from '../wait.ts';
import { ActiveRun, type Ending, isOver } from './active-run.ts';
import { putBack } from './leftovers.ts';
import { prepare, type Prepared } from './prepare.ts';
import { impossible, previewOf, type PreviewAsk } from './preview.ts';
import { keyOf } from './process-key.ts';
import { Slots } from './slots.ts';

export interface RunnerPorts {
  readonly table: ActionTable; readonly processes: ProcessTable; readonly proc: Proc; readonly book: ActionBook; readonly door: InspectorDoor; readonly scratch: Scratch;
  readonly program: 'agent' | 'terminal';
  readonly sink: ArtifactSink; readonly valves: VerbosePort | null;
  readonly nowUnixMs: () => number;
  /** Read anew for each run: whoever owns the machine may change it at any time. */
  readonly policy: () => Promise<Result<ActionPolicy>>;
  readonly onReport: (report: ActionReport) => void;
}

const reportEveryMs = 1000;
/** To bring home what was measured, beyond the time asked for. */
const graceMs = 5 * 60_000;
const [mostWaiting, mostRemembered] = [100, 200];

export class ActionRunner {
  readonly #ports: RunnerPorts;
  readonly #runs = new Map<string, ActiveRun>();
  readonly #working = new Map<string, Promise<ActionReport>>();
  readonly #slots = new Slots();
  #stopping = false;

  constructor(ports: RunnerPorts) { this.#ports = ports; }

  /** Puts back what an earlier program left, and reports its runs as ended. */
  async start(): Promise<void> {
    for (const report of await putBack(this.#ports)) this.#ports.onReport(report);
  }

  /** Resolves with the last report; the same request sent again is the same run. */
  run(request: ActionRequest): Promise<ActionReport> {
    const known = this.#working.get(request.id);
    if (known !== undefined) { this.#runs.get(request.id)?.tell(); return known; }
    const run = new ActiveRun({ request, sink: this.#ports.sink, nowUnixMs: this.#ports.nowUnixMs, onChange: this.#ports.onReport });
    this.#runs.set(run.id, run);
    const working = this.#go(run).catch((failed: unknown) => { if (!isOver(run.report.state)) endOfThrown(run, failed); }).then(() => { this.#forgetOld(); return run.report; });
    this.#working.set(run.id, working);
    return working;
  }

  /** False when there is no such run, or it is over. */
  cancel(id: string): boolean {
    const run = this.#runs.get(id);
    if (run === undefined || isOver(run.report.state)) return false;
    run.abort('cancelled');
    return true;
  }

  /** Ends all of them and resolves when what they opened is closed. For the rip cord (`cancelled`) and the end of the agent. */
  async cancelAll(ending: Ending = 'cancelled'): Promise<void> {
    for (const run of this.#runs.values()) run.abort(ending);
    await Promise.all(this.#working.values());
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.cancelAll('stopping');
  }

  /** Of those that run and of the last ones that ended. */
  reports(): readonly ActionReport[] { return [...this.#runs.values()].map(({ report }) => report); }

  /** Never rejects: what stands in the way of a preview stands in the way of the action, and is its problem. */
  async preview(request: PreviewAsk): Promise<ActionPreview> {
    try {
      const policy = await this.#ports.policy();
      return policy.ok ? await previewOf({ ...this.#ports, freeDiskBytes: () => this.#ports.sink.freeBytes() }, policy.value, request) : impossible(policy.error);
    } catch (failed) {
      return impossible(failureOf(failed));
    }
  }

  async #go(run: ActiveRun): Promise<void> {
    run.tell();
    const timer = setInterval(() => { run.tell(); }, reportEveryMs);
    try {
      const refused = await this.#prepared(run);
      if (refused !== null) run.end('refused', refused);
    } catch (failed) {
      endOfThrown(run, failed);
    } finally {
      clearInterval(timer);
      await run.discardDrafts();
      await this.#ports.book.settle(`run ${run.id}`);
    }
  }

  /** Why it did not start; null when it did. */
  async #prepared(run: ActiveRun): Promise<Failure | null> {
    if (this.#stopping) return { code: 'action.stopping', message: 'Weir is about to end.', help: 'Start it once more when it runs again.' };
    const policy = await this.#ports.policy();
    if (!policy.ok) return policy.error;
    const prepared = await prepare(this.#ports.table, this.#ports.processes, policy.value, run.request);
    if (!prepared.ok) return prepared.error;
    run.is(prepared.value.ask.process);
    run.maxBytes = prepared.value.maxBytes;
    if (prepared.value.action.light === true) return this.#inTurn(run, prepared.value);
    if (this.#slots.waiting >= mostWaiting) return { code: 'action.busy', message: `${mostWaiting} actions wait already.`, help: 'Try again later.' };
    const giveBack = await this.#slots.take(policy.value.concurrent, run.signal);
    if (giveBack === null) throw new Aborted();
    try {
      return await this.#inTurn(run, prepared.value);
    } finally {
      giveBack();
    }
  }

  async #inTurn(run: ActiveRun, prepared: Prepared): Promise<Failure | null> {
    const against = objections(await prepared.action.estimate(prepared.ask), run);
    if (against !== null) return against;
    const { action } = run.request;
    const { process: meant } = prepared.ask;
    // It may have waited long for its place, and a pid is used again.
    if (meant !== null && !await this.#ports.proc.isAlive(meant.pid, meant.startTicks)) return { code: 'action.no-process', message: `Process ${meant.pid} (${meant.name}) has ended meanwhile.`, help: 'Choose again from the process list.' };
    const [process, limits] = [keyOf(prepared.ask.process), prepared.ask.policy.actions[action]];
    const claimed = await this.#ports.book.claim(action, process, run.nowUnixMs(), (name) => prepared.ask.policy.actions[name], (claims) => withinLimits(claims, action, process, limits, run.nowUnixMs()));
    if (!claimed.ok) return claimed.error;
    if (run.signal.aborted) throw new Aborted();
    const noted = await this.#ports.book.note(`run ${run.id}`, { kind: 'run', report: { ...run.report, state: 'running', startedUnixMs: run.nowUnixMs() } });
    if (!noted.ok) return noted.error;
    run.started();
    await this.#within(run, prepared, limits.maxDurationMs + graceMs);
    return null;
  }

  async #within(run: ActiveRun, { action, ask }: Prepared, mostMs: number): Promise<void> {
    const deadline = setTimeout(() => { run.abort('too-long'); }, mostMs);
    try {
      const done = await action.run(ask, run);
      if (done.ok) run.end('done', null);
      else if (run.signal.aborted) endOfThrown(run, new Aborted(), mostMs);
      else run.end('failed', done.error);
    } catch (failed) {
      endOfThrown(run, failed, mostMs);
    } finally {
      clearTimeout(deadline);
    }
  }

  #forgetOld(): void {
    for (const [id, run] of this.#runs) {
      if (this.#runs.size <= mostRemembered) return;
      if (isOver(run.report.state)) { this.#runs.delete(id); this.#working.delete(id); }
    }
  }
}

/** What only warns becomes a note when it is forced. */
function objections({ problems }: { readonly problems: readonly Problem[] }, run: ActiveRun): Failure | null {
  const against = problems.find(({ canForce }) => !canForce || !run.request.force);
  if (against !== undefined) return against;
  for (const { message } of problems) run.note(`Forced: ${message}`);
  return null;
}

function endOfThrown(run: ActiveRun, failed: unknown, mostMs = 0): void {
  const isKept = run.report.artifacts.length > 0;
  if (run.ending === 'too-long') run.end('failed', { code: 'action.timeout', message: `It did not end within ${words(mostMs)} and was stopped. What it had opened was closed.`, help: 'Ask for a shorter time.' });
  else if (run.ending === 'cancelled' && isKept) { run.note('It was cancelled when it had its result already: the artifact is kept.'); run.end('done', null); }
  else if (run.ending !== null) run.end('cancelled', { code: 'action.cancelled', message: run.ending === 'stopping' ? 'Weir was ended before it was done.' : 'It was cancelled before it was done; nothing of it is kept.' });
  else run.end('failed', failureOf(failed));
}

const failureOf = (failed: unknown): Failure => ({ code: 'action.failed', message: `It failed: ${failed instanceof Error ? failed.message : String(failed)}.`, help: 'Try again; the process may have ended or closed the connection.' });
