// What one request has learnt from the compiler. Planning happens in the lock and never waits: what it needs to know and does
// not know yet is noted here, asked outside the lock, and the plan is made anew. So a slow text holds up nobody but its sender.
import { ok, type Result } from '../../base/index.ts';
import type { RuleDocument } from '../../model/index.ts';
import { refuse, type Problem } from '../http/problem.ts';
import { CompileLimit, checkerVersion, type KqlCompiler, type Rewording } from '../ports/compiler.ts';
import type { StoredCheck } from '../store/index.ts';
import { canonicalJson } from './canonical.ts';
import { unreadable } from './refusals.ts';

/** A readable document with what was made of it. */
export interface Checked { readonly text: string; readonly document: RuleDocument; readonly check: StoredCheck }

/** Stands for an answer that is not there yet; whoever meets it gives up this round. */
const notYet = refuse('compiler.unavailable', 'The compiler has not been asked yet.');

export class Checks {
  readonly #compiler: KqlCompiler;
  readonly #checked = new Map<string, Result<Checked, Problem>>();
  readonly #reworded = new Map<string, Result<string, Problem>>();
  #wanted = new Map<string, () => Promise<void>>();

  constructor(compiler: KqlCompiler) { this.#compiler = compiler; }

  /** Everything that was asked since the last `learn` was known. */
  get isComplete(): boolean { return this.#wanted.size === 0; }

  /** A text that is no document is refused; one whose KQL does not compile is not: it can be kept. */
  check(text: string): Result<Checked, Problem> {
    return this.#known(this.#checked, text, () => checkText(this.#compiler, text));
  }

  /** The text of a document. */
  reword(rewording: Rewording): Result<string, Problem> {
    return this.#known(this.#reworded, canonicalJson(rewording), () => answered(() => this.#compiler.reword(rewording)));
  }

  /** Asks what is wanted, one after another: other requests have their turns in between. */
  async learn(): Promise<void> {
    const wanted = [...this.#wanted.values()];
    for (const ask of wanted) await ask();
    this.#wanted = new Map();
  }

  #known<T>(known: Map<string, Result<T, Problem>>, key: string, ask: () => Promise<Result<T, Problem>>): Result<T, Problem> {
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    this.#wanted.set(key, async () => { known.set(key, await ask()); });
    return notYet;
  }
}

export async function checkText(compiler: KqlCompiler, text: string): Promise<Result<Checked, Problem>> {
  const answer = await answered(() => compiler.check(text));
  if (!answer.ok) return answer;
  const { document, compiled, problems } = answer.value;
  return document === null ? unreadable(problems) : ok({ text, document, check: { compiled, diagnostics: problems, checker: checkerVersion } });
}

/** The compiler's answer, or why there is none. */
export async function answered<T>(ask: () => Promise<T>): Promise<Result<T, Problem>> {
  try {
    return ok(await ask());
  } catch (error) {
    if (error instanceof CompileLimit) return refuse('rule.too-costly', `The check of this rule ${error.message}, so it was given up and nothing was changed.`);
    return refuse('compiler.unavailable', `The KQL compiler could not run: ${error instanceof Error ? error.message : String(error)}`);
  }
}
