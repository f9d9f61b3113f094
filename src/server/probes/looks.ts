// Questions about a process before a probe goes in: what runs there, its source, its symbols, what a probe would read and cost.
import { ok, type Result } from '../../base/index.ts';
import { isDynamic, probeGalleryReport, probePreviewResult, probeScriptsReport, probeSourceReport, probeSymbolsReport, type ActionTarget, type BinarySymbols, type ProbeGallery, type ProbePreview, type ProbeWhat, type ProcessScripts, type ProcessSource } from '../../model/index.ts';
import type { z } from 'zod';
import type { Asks } from '../actions/index.ts';
import { record, type Actor } from '../audit/index.ts';
import type { Agent } from '../fleet/index.ts';
import type { Problem } from '../http/problem.ts';
import type { Store } from '../store/index.ts';
import { lookTimeoutMs, mostNoted, notedMs } from './bounds.ts';

export interface LookOptions { readonly asks: Asks; readonly agent: (id: string) => Result<Agent, Problem>; readonly store: Store; readonly nowMs: () => number }

export class ProbeLooks {
  readonly #options: LookOptions;
  /** When, by person, agent and process; the oldest first. */
  readonly #noted = new Map<string, number>();
  constructor(options: LookOptions) { this.#options = options; }

  /** It may open the inspector of a process, as `scripts` does: who looked where is written down first. */
  async preview(agentId: string, content: { readonly what: ProbeWhat; readonly target: ActionTarget | null }, actor: Actor): Promise<Result<ProbePreview, Problem>> {
    if (isDynamic(content.what.kind)) await this.#note(agentId, content.target, actor);
    const answered = await this.#ask(agentId, 'probe.preview', content, 'probe.preview-result', probePreviewResult);
    return answered.ok ? ok(answered.value.preview) : answered;
  }

  async scripts(agentId: string, target: ActionTarget, actor: Actor): Promise<Result<ProcessScripts, Problem>> {
    await this.#note(agentId, target, actor);
    return this.#ask(agentId, 'probe.scripts', { target }, 'probe.scripts-report', probeScriptsReport);
  }

  /** Code of a running process: who read it is written down. */
  async source(agentId: string, target: ActionTarget, file: string, actor: Actor): Promise<Result<ProcessSource, Problem>> {
    const { store, nowMs } = this.#options;
    const answered = await this.#ask(agentId, 'probe.source', { target, file }, 'probe.source-report', probeSourceReport);
    if (answered.ok && answered.value.problem === null) await store.transaction((parts) => record(parts, actor, new Date(nowMs()).toISOString(), { action: 'probe.read-source', subject: `agent:${agentId}`, before: null, after: { target, file: answered.value.path } }));
    return answered;
  }

  symbols(agentId: string, question: { readonly target: ActionTarget | null; readonly binary: string | null; readonly text: string }): Promise<Result<BinarySymbols, Problem>> { return this.#ask(agentId, 'probe.symbols', question, 'probe.symbols-report', probeSymbolsReport); }

  gallery(agentId: string): Promise<Result<ProbeGallery, Problem>> { return this.#ask(agentId, 'probe.gallery', {}, 'probe.gallery-report', probeGalleryReport); }

  /** Once a minute for each person and process: a form that is filled in looks again and again. */
  async #note(agentId: string, target: ActionTarget | null, actor: Actor): Promise<void> {
    const { agent, store, nowMs } = this.#options;
    if (!agent(agentId).ok) return;
    const [key, now] = [JSON.stringify([actor.user, agentId, target]), nowMs()];
    for (const [one, atMs] of this.#noted) if (now - atMs >= notedMs || this.#noted.size >= mostNoted) this.#noted.delete(one); else break;
    if (this.#noted.has(key)) return;
    this.#noted.set(key, now);
    await store.transaction((parts) => record(parts, actor, new Date(now).toISOString(), { action: 'probe.look', subject: `agent:${agentId}`, before: null, after: { target } }));
  }

  async #ask<T extends object>(agentId: string, type: string, content: object, answerType: string, answer: z.ZodType<T>): Promise<Result<T, Problem>> {
    const agent = this.#options.agent(agentId);
    return agent.ok ? this.#options.asks.ask(agent.value, { type, content, answerType, answer, timeoutMs: lookTimeoutMs }) : agent;
  }
}
