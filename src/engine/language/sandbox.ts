// One script in one QuickJS: its memory, stack and ticks are bounded, and nothing of the host is in reach but two functions that the
// sandbox's own code holds. Text goes in, JSON text comes out.
import type { LanguageLimits, LanguageStop } from './types.ts';
import type { VmContext, VmHandle, VmModule, VmResult, VmRuntime } from './vm-port.ts';
import { handlersSource, preludeSource } from './vm/index.ts';

/** The file name that errors of the script name. */
export const scriptName = 'rule.js';

/** What a call came to: the pieces that the script handed out, as the inside of a JSON array; and why it was ended, if it was. */
export interface Called { readonly pieces: string; readonly stop: LanguageStop | null }

/** Uncaught by the script or its compiler, as QuickJS says it. */
export interface Thrown { readonly name: string; readonly message: string; readonly stack: string }

export interface SandboxOptions {
  readonly limits: LanguageLimits;
  readonly seed: number;
  readonly logs: boolean;
  /** Answers weir.action: JSON text [name, parameters] → JSON text. Must not throw. */
  ask(text: string): string;
}

type Entry = 'bind' | 'record' | 'tick' | 'finish' | 'state';
const entries: readonly Entry[] = ['bind', 'record', 'tick', 'finish', 'state'];

export class Sandbox {
  readonly #limits: LanguageLimits;
  readonly #runtime: VmRuntime;
  readonly #context: VmContext;
  readonly #entries: Readonly<Record<Entry, VmHandle>>;
  #ticks = 0;
  #ticksOfCall = 0;
  #mostTicks: number;
  #delivered = '';

  /** Throws when QuickJS itself is broken: a bug, not the script's doing. */
  constructor(module: VmModule, options: SandboxOptions) {
    this.#limits = options.limits;
    this.#mostTicks = Number.MAX_SAFE_INTEGER;
    this.#runtime = module.newRuntime();
    this.#runtime.setMemoryLimit(options.limits.memoryBytes);
    this.#runtime.setMaxStackSize(options.limits.stackBytes);
    this.#runtime.setInterruptHandler(() => { this.#ticks++; return ++this.#ticksOfCall > this.#mostTicks; });
    this.#context = this.#runtime.newContext();
    const prelude = this.#prelude(options);
    this.#entries = Object.fromEntries(entries.map((name) => [name, this.#context.getProp(prelude, name)])) as Record<Entry, VmHandle>;
    prelude.dispose();
  }

  /** Ticks of all calls so far. */
  get ticks(): number { return this.#ticks; }

  /** Runs the script's own text. Null, or what is wrong with it. */
  load(javascript: string): Thrown | LanguageStop | null {
    this.#begin(this.#limits.loadTicks);
    const ran = this.#context.evalCode(javascript, scriptName, { strict: true });
    if (ran.error !== undefined) return this.#ended(ran.error) ?? this.#thrown(ran.error);
    ran.value.dispose();
    return null;
  }

  /** Whether the script has an onRecord and an onTick. */
  bind(): { readonly record: boolean; readonly tick: boolean } {
    const pair = this.#must(this.#context.evalCode(handlersSource, 'handlers.js', { strict: true }));
    const bound = this.#must(this.#context.callFunction(this.#entries.bind, this.#context.undefined, pair));
    const bits = this.#context.getNumber(bound);
    pair.dispose();
    bound.dispose();
    return { record: (bits & 1) !== 0, tick: (bits & 2) !== 0 };
  }

  /** `text`: for a record [Unix ms, columns], for a tick Unix ms. */
  call(entry: 'record' | 'tick', text: string): Called {
    this.#begin(this.#limits.callTicks);
    try { return { stop: this.#run(entry, text), pieces: this.#delivered }; } catch (cause) { return { stop: broken(cause), pieces: '' }; }
  }

  #run(entry: 'record' | 'tick', text: string): LanguageStop | null {
    const given = this.#context.newString(text);
    const ran = this.#context.callFunction(this.#entries[entry], this.#context.undefined, given);
    given.dispose();
    const stop = this.#outcome(ran);
    return stop === null && this.#runtime.hasPendingJob() ? this.#runJobs() : stop;
  }

  state(): string {
    this.#begin(this.#limits.callTicks);
    this.#outcome(this.#context.callFunction(this.#entries.state, this.#context.undefined));
    return this.#delivered;
  }

  #prelude(options: SandboxOptions): VmHandle {
    const context = this.#context;
    const { limits: { outputs, outputChars, callChars, state, logLines, logChars }, seed, logs } = options;
    const make = this.#must(context.evalCode(preludeSource, 'weir.js', { strict: true }));
    const given = [
      context.newFunction('deliver', (text) => { this.#delivered += (this.#delivered === '' ? '' : ',') + context.getString(text!); }),
      context.newFunction('ask', (text) => context.newString(options.ask(context.getString(text!)))),
      context.newString(JSON.stringify({ outputs, outputChars, callChars, state, logLines, logChars, seed, logs })),
    ];
    const made = this.#must(context.callFunction(make, context.undefined, ...given));
    for (const handle of [make, ...given]) handle.dispose();
    return made;
  }

  #begin(mostTicks: number): void {
    this.#mostTicks = mostTicks;
    this.#ticksOfCall = 0;
    this.#delivered = '';
  }

  /** What the script may throw is caught inside; what arrives here is QuickJS's own. */
  #outcome(ran: VmResult): LanguageStop | null {
    if (ran.error === undefined) { ran.value.dispose(); return null; }
    return this.#ended(ran.error) ?? broken(this.#thrown(ran.error).message);
  }

  /** Reactions of promises belong to the call that caused them, and to its ticks. */
  #runJobs(): LanguageStop | null {
    const ran = this.#runtime.executePendingJobs(this.#limits.jobs);
    ran.dispose?.();
    if (this.#ticksOfCall > this.#mostTicks) return this.#tooLong();
    if (this.#runtime.hasPendingJob()) return { kind: 'jobs', reason: `One call left more than ${this.#limits.jobs} promise reactions behind.` };
    return this.#outcome(this.#context.callFunction(this.#entries.finish, this.#context.undefined));
  }

  #tooLong(): LanguageStop {
    return { kind: 'instructions', reason: `One call did not come to an end within its budget of some ${(this.#mostTicks * 10_000).toLocaleString('en')} steps.` };
  }

  #ended(error: VmHandle): LanguageStop | null {
    if (this.#ticksOfCall <= this.#mostTicks) return endOf(this.#text(error, 'message'), this.#limits);
    error.dispose();
    return this.#tooLong();
  }

  #thrown(error: VmHandle): Thrown {
    const said = { name: this.#text(error, 'name'), message: this.#text(error, 'message'), stack: this.#text(error, 'stack') };
    error.dispose();
    return said;
  }

  /** An error may be any value of the script's, with getters: what they do counts against the call. */
  #text(of: VmHandle, name: string): string {
    const handle = this.#context.getProp(of, name);
    const text = this.#context.getString(handle).slice(0, 1000);
    handle.dispose();
    return text;
  }

  #must(ran: VmResult): VmHandle {
    if (ran.error === undefined) return ran.value;
    throw new Error(`The sandbox did not start: ${this.#thrown(ran.error).message}`);
  }
}

/** QuickJS itself gave up, and its memory cannot be trusted any more; no other rule's is touched. */
export const broken = (cause: unknown): LanguageStop => ({ kind: 'broken', reason: `Its sandbox broke: ${cause instanceof Error ? cause.message : String(cause)}.`.slice(0, 500) });

/** Errors of QuickJS itself that no rule survives. */
export function endOf(message: string, limits: LanguageLimits): LanguageStop | null {
  if (message === 'out of memory') return { kind: 'memory', reason: `It needed more than its ${Math.round(limits.memoryBytes / 2 ** 20)} MiB of memory.` };
  if (message === 'stack overflow') return { kind: 'stack', reason: 'Its calls nested deeper than the stack has room for.' };
  if (message === 'interrupted') return { kind: 'instructions', reason: 'It did not come to an end within its budget.' };
  return null;
}
