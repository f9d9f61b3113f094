// Questions about a process before a probe goes in: what runs there, its source, its symbols, what a probe would read and cost.
import { ok, type Result } from '../../base/index.ts';
import { probeGalleryReport, probePreviewResult, probeScriptsReport, probeSourceReport, probeSymbolsReport, type ActionTarget, type BinarySymbols, type ProbeGallery, type ProbePreview, type ProbeWhat, type ProcessScripts, type ProcessSource } from '../../model/index.ts';
import type { z } from 'zod';
import type { Asks } from '../actions/index.ts';
import { record, type Actor } from '../audit/index.ts';
import type { Agent } from '../fleet/index.ts';
import type { Problem } from '../http/problem.ts';
import type { Store } from '../store/index.ts';
import { lookTimeoutMs } from './bounds.ts';

export interface LookOptions { readonly asks: Asks; readonly agent: (id: string) => Result<Agent, Problem>; readonly store: Store; readonly nowMs: () => number }

export class ProbeLooks {
  readonly #options: LookOptions;
  constructor(options: LookOptions) { this.#options = options; }

  async preview(agentId: string, content: { readonly what: ProbeWhat; readonly target: ActionTarget | null }): Promise<Result<ProbePreview, Problem>> {
    const answered = await this.#ask(agentId, 'probe.preview', content, 'probe.preview-result', probePreviewResult);
    return answered.ok ? ok(answered.value.preview) : answered;
  }

  scripts(agentId: string, target: ActionTarget): Promise<Result<ProcessScripts, Problem>> { return this.#ask(agentId, 'probe.scripts', { target }, 'probe.scripts-report', probeScriptsReport); }

  /** Code of a running process: who read it is written down. */
  async source(agentId: string, target: ActionTarget, file: string, actor: Actor): Promise<Result<ProcessSource, Problem>> {
    const { store, nowMs } = this.#options;
    const answered = await this.#ask(agentId, 'probe.source', { target, file }, 'probe.source-report', probeSourceReport);
    if (answered.ok && answered.value.problem === null) await store.transaction((parts) => record(parts, actor, new Date(nowMs()).toISOString(), { action: 'probe.read-source', subject: `agent:${agentId}`, before: null, after: { target, file: answered.value.path } }));
    return answered;
  }

  symbols(agentId: string, question: { readonly target: ActionTarget | null; readonly binary: string | null; readonly text: string }): Promise<Result<BinarySymbols, Problem>> { return this.#ask(agentId, 'probe.symbols', question, 'probe.symbols-report', probeSymbolsReport); }

  gallery(agentId: string): Promise<Result<ProbeGallery, Problem>> { return this.#ask(agentId, 'probe.gallery', {}, 'probe.gallery-report', probeGalleryReport); }

  async #ask<T extends object>(agentId: string, type: string, content: object, answerType: string, answer: z.ZodType<T>): Promise<Result<T, Problem>> {
    const agent = this.#options.agent(agentId);
    return agent.ok ? this.#options.asks.ask(agent.value, { type, content, answerType, answer, timeoutMs: lookTimeoutMs }) : agent;
  }
}
