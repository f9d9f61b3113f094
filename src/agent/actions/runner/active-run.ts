// One run: what the action sees of it, and the report that others see. The report is always the whole truth so far.
import type { Failure, Result } from '../../../base/index.ts';
import { failure, ok } from '../../../base/index.ts';
import type { ActionProblem, ActionReport, ActionRequest, ActionState, AgentProcess, ArtifactMeta } from '../../../model/index.ts';
import type { ArtifactDraft, ArtifactSink } from '../../artifacts/sink.ts';
import type { OwnFacts, Run } from '../contract.ts';

interface Options { readonly request: ActionRequest; readonly sink: ArtifactSink; readonly nowUnixMs: () => number; readonly onChange: (report: ActionReport) => void }

/** Why a run was aborted. */
export type Ending = 'cancelled' | 'too-long' | 'stopping';
const mostNotes = 20;
/** Between two reports that only say what it does now. */
const leastBetweenMs = 100;
export const isOver = (state: ActionState): boolean => state === 'done' || state === 'failed' || state === 'cancelled' || state === 'refused';

export class ActiveRun implements Run {
  readonly id: string;
  readonly #options: Options;
  readonly #abort = new AbortController();
  readonly #drafts = new Set<ArtifactDraft>();
  #report: ActionReport;
  #process: AgentProcess | null = null;
  #toldAtMs = 0;
  maxBytes = 0;

  constructor(options: Options) {
    this.#options = options;
    const { id, action, asker, incident, parameters } = options.request;
    this.id = id;
    this.#report = {
      id, action, asker, incident, parameters, state: 'waiting', process: null, requestedUnixMs: options.nowUnixMs(), startedUnixMs: null, finishedUnixMs: null,
      progress: { share: null, text: 'Waiting' }, why: null, figures: {}, notes: [], artifacts: [],
    };
  }

  get report(): ActionReport { return this.#report; }
  get request(): ActionRequest { return this.#options.request; }
  get signal(): AbortSignal { return this.#abort.signal; }
  get ending(): Ending | null { return this.#abort.signal.aborted ? this.#abort.signal.reason as Ending : null; }

  nowUnixMs(): number { return this.#options.nowUnixMs(); }

  /** Tells where it is now. */
  tell(): void {
    this.#toldAtMs = performance.now();
    this.#options.onChange(this.#report);
  }

  is(process: AgentProcess | null): void {
    this.#process = process;
    if (process !== null) this.#report = { ...this.#report, process: { pid: process.pid, startTicks: process.startTicks, name: process.name, service: process.service } };
  }

  started(): void { this.#change({ state: 'running', startedUnixMs: this.nowUnixMs(), progress: { share: null, text: 'Starting' } }); }

  end(state: 'done' | 'failed' | 'cancelled' | 'refused', why: Failure | null): void {
    this.#change({ state, finishedUnixMs: this.nowUnixMs(), why: why === null ? null : problemOf(why), progress: state === 'done' ? { share: 1, text: 'Done' } : this.#report.progress });
  }

  abort(ending: Ending): void { if (!isOver(this.#report.state)) this.#abort.abort(ending); }

  progress(share: number | null, text: string): void {
    const isNews = this.#report.progress.text !== text;
    this.#report = { ...this.#report, progress: { share: share === null ? null : Math.min(1, Math.max(0, share)), text: text.slice(0, 500) } };
    if (isNews && performance.now() - this.#toldAtMs >= leastBetweenMs) this.tell();
  }

  figure(name: string, value: number): void { if (Number.isFinite(value)) this.#report = { ...this.#report, figures: { ...this.#report.figures, [name]: value } }; }

  note(text: string): void {
    if (this.#report.notes.length < mostNotes) this.#report = { ...this.#report, notes: [...this.#report.notes, text.slice(0, 500)] };
  }

  async open(name: string): Promise<Result<ArtifactDraft>> {
    const draft = await this.#options.sink.open(name);
    if (draft.ok) this.#drafts.add(draft.value);
    return draft;
  }

  async keep(draft: ArtifactDraft, facts: OwnFacts): Promise<Result<void>> {
    const { asker, incident } = this.#report;
    if (this.#abort.signal.aborted) return failure('action.cancelled', 'It was ended before its result was kept.');
    const whose = this.#process === null ? null : { pid: this.#process.pid, name: this.#process.name, ...(this.#process.version !== undefined && { version: this.#process.version }) };
    const kept = await draft.commit({
      fromUnixMs: null, toUnixMs: null, figures: {}, ...facts, name: facts.name.slice(0, 200), summary: facts.summary.slice(0, 500), createdUnixMs: this.nowUnixMs(), service: this.#process?.service ?? null, process: whose,
      action: this.id, incident, rule: asker.kind === 'net' || asker.kind === 'language-rule' ? asker.id : null,
    });
    if (!kept.ok) return kept;
    this.#drafts.delete(draft);
    this.#change({ artifacts: [...this.#report.artifacts, kept.value] satisfies ArtifactMeta[] });
    return ok(undefined);
  }

  /** What was begun and never finished, whatever the action forgot. */
  async discardDrafts(): Promise<void> {
    for (const draft of this.#drafts) await draft.discard().catch(() => undefined);
    this.#drafts.clear();
  }

  #change(change: Partial<ActionReport>): void {
    this.#report = { ...this.#report, ...change };
    this.tell();
  }
}

export const problemOf = ({ code, message, help }: Failure): ActionProblem => ({ code: code.slice(0, 64), message: message.slice(0, 2000), ...(help === undefined ? {} : { help: help.slice(0, 2000) }) });
