// Definitions of flight recorders: stored with their keys compiled, so that agents, which have no parser, can run them.
import { z } from 'zod';
import { ok, type Result } from '../../base/index.ts';
import type { Expr } from '../../kql/index.ts';
import { agentRecorder, recorderDefinition, type AgentRecorder, type RecorderDefinition } from '../../model/index.ts';
import { record, type Actor } from '../audit/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import type { KqlCompiler } from '../ports/compiler.ts';
import type { Store, StoreParts } from '../store/index.ts';

const key = 'recorders';
const stored = z.array(z.object({ definition: recorderDefinition, compiled: agentRecorder }));
type Stored = z.infer<typeof stored>;
/** The configuration that every agent gets holds them all. */
const mostDefinitions = 2000;

async function read(parts: Pick<StoreParts, 'settings'>): Promise<Stored> {
  const text = await parts.settings.get(key);
  return text === null ? [] : stored.parse(JSON.parse(text));
}

/** For the agents' configuration, by name. */
export const definedRecorders = async (parts: Pick<StoreParts, 'settings'>): Promise<AgentRecorder[]> => (await read(parts)).map(({ compiled }) => compiled);

export interface DefinitionOptions {
  readonly store: Store; readonly compiler: KqlCompiler; readonly now: () => string;
  /** The agents get a new configuration: within the transaction its revision rises, and then it goes out. */
  readonly republish: (change: (parts: StoreParts) => Promise<void>) => Promise<void>;
}

export class RecorderDefinitions {
  readonly #options: DefinitionOptions;
  #known: readonly RecorderDefinition[] = [];

  constructor(options: DefinitionOptions) { this.#options = options; }

  get all(): readonly RecorderDefinition[] { return this.#known; }

  async load(): Promise<void> { this.#known = (await read(this.#options.store)).map(({ definition }) => definition); }

  /** Errors: `recorder.key` when an expression of the key is wrong; `recorder.too-many`. */
  async put(definition: RecorderDefinition, actor: Actor): Promise<Result<RecorderDefinition, Problem>> {
    const compiled = await this.#compile(definition);
    if (!compiled.ok) return compiled;
    const others = this.#known.filter(({ name }) => name !== definition.name);
    if (others.length >= mostDefinitions) return refuse('recorder.too-many', `There are ${mostDefinitions} recorders defined already.`);
    await this.#change(definition.name, { definition, compiled: compiled.value }, actor);
    return ok(definition);
  }

  /** Errors: `recorder.unknown`. */
  async remove(name: string, actor: Actor): Promise<Result<null, Problem>> {
    if (!this.#known.some((one) => one.name === name)) return refuse('recorder.unknown', `No recorder ${name} is defined.`);
    await this.#change(name, null, actor);
    return ok(null);
  }

  async #change(name: string, next: Stored[number] | null, actor: Actor): Promise<void> {
    const { now, republish } = this.#options;
    await republish(async (parts) => {
      const all = await read(parts);
      const before = all.find(({ definition }) => definition.name === name)?.definition ?? null;
      const rest = all.filter(({ definition }) => definition.name !== name);
      const after = next === null ? rest : [...rest, next].toSorted((a, b) => (a.definition.name < b.definition.name ? -1 : 1));
      await parts.settings.set(key, JSON.stringify(after));
      await record(parts, actor, now(), { action: next === null ? 'recorder.delete' : 'recorder.define', subject: `recorder:${name}`, before, after: next?.definition ?? null });
    });
    await this.load();
  }

  async #compile({ key: expressions, description: _description, ...shape }: RecorderDefinition): Promise<Result<AgentRecorder, Problem>> {
    const compiled: { text: string; expr: Expr }[] = [];
    for (const text of expressions) {
      const expr = await this.#expression(text);
      if (!expr.ok) return expr;
      compiled.push({ text, expr: expr.value });
    }
    return ok({ ...shape, key: compiled });
  }

  /** One expression over a record, checked as part of a rule. */
  async #expression(text: string): Promise<Result<Expr, Problem>> {
    const { plan, diagnostics } = await this.#options.compiler.compile(`source\n| extend recorder_key = (\n${text}\n)\n| invoke drop()`, 'rule');
    const [extend, ...more] = plan?.operators ?? [];
    if (extend?.op === 'extend' && more.length === 0 && extend.columns.length === 1) return ok(extend.columns[0]!.expr);
    const wrong = diagnostics.find(({ severity }) => severity === 'error');
    return refuse('recorder.key', `The key ${text} is not one KQL expression over a record${wrong === undefined ? '' : `: ${wrong.message}`}.`);
  }
}
