// What the rules that run do to each other, worked out in the compile worker and kept until one of them changes. Nobody waits
// long for it: while it is worked out, and after it failed, what was known before is shown.
import { resolveNames } from '../../kql/index.ts';
import type { NameBook, RuleSummary } from '../../model/index.ts';
import type { CompiledRule } from '../../rules/index.ts';
import type { KqlCompiler } from '../ports/compiler.ts';
import type { StoredRule, StoredVersion } from '../store/index.ts';

export type ShownConflicts = RuleSummary['conflicts'];
export type ConflictsByRule = ReadonlyMap<string, ShownConflicts>;

interface Part { readonly id: string; readonly version: number; readonly compiled: CompiledRule; readonly acts: boolean }
interface ConflictOptions {
  readonly compiler: KqlCompiler; readonly nowMs: () => number; readonly onError: (error: unknown) => void;
  /** Has every agent that should run the rule turned it off? Asked of deployed rules, each time. */
  readonly isOff: (rule: StoredRule) => Promise<boolean>;
  /** What names mean now: another object after each change. */
  readonly book: () => NameBook;
}

/** A request waits for this long at most. */
const patienceMs = 250;
/** What failed is not asked again before; a change of a rule asks at once. */
const retryMs = 60_000;

export class Conflicts {
  readonly #options: ConflictOptions;
  #key = '';
  #book: NameBook | null = null;
  #askedMs = 0;
  #failed = false;
  #asked: Promise<void> | null = null;
  /** As it was worked out last, of the rules as they were then. */
  known: ConflictsByRule = new Map();
  /** Grows with each answer. */
  stamp = 0;

  constructor(options: ConflictOptions) { this.#options = options; }

  /** False after a check failed: what is known may be of rules as they no longer are. */
  get isKnown(): boolean { return !this.#failed; }

  /** By rule id. Rules that run live act on all; drafts, rules in shadow and those that turned themselves off everywhere only suffer: each is judged as if it alone joined those. */
  async of(rules: readonly StoredRule[], latest: ReadonlyMap<string, StoredVersion>, deployed: ReadonlyMap<string, StoredVersion>): Promise<ConflictsByRule> {
    const parts = (await Promise.all(rules.map(async (rule) => partOf(rule, deployed.get(rule.id) ?? latest.get(rule.id), rule.mode === 'live' && !await this.#options.isOff(rule))))).flat();
    const key = parts.map(({ id, version, acts }) => `${id}@${version}${acts ? '!' : ''}`).join();
    const book = this.#options.book();
    const due = (): boolean => key !== this.#key || book !== this.#book || (this.#failed && this.#options.nowMs() - this.#askedMs > retryMs);
    // One question at a time: while rules change quickly, only what they come to is worked out.
    const patience = wait(patienceMs);
    if (this.#asked !== null) await Promise.race([this.#asked, patience]);
    if (due() && this.#asked === null) this.#ask(key, parts, book);
    if (this.#asked !== null) await Promise.race([this.#asked, patience]);
    return this.known;
  }

  #ask(key: string, parts: readonly Part[], book: NameBook): void {
    this.#key = key;
    this.#book = book;
    this.#askedMs = this.#options.nowMs();
    this.#asked = this.#find(parts, book).then((found) => { this.#settle(found, null); }, (error: unknown) => { this.#settle(null, error); });
  }

  #settle(found: ConflictsByRule | null, error: unknown): void {
    this.#asked = null;
    this.#failed = found === null;
    this.known = found ?? this.known;
    this.stamp++;
    if (found === null) this.#options.onError(error);
  }

  async #find(parts: readonly Part[], book: NameBook): Promise<ConflictsByRule> {
    // One rule alone has nobody to be in conflict with.
    if (parts.length < 2) return new Map();
    // What does not act takes nothing from the others.
    const found = await this.#options.compiler.conflicts(parts.map(({ id, compiled, acts }) => ({ ...resolveNames(compiled, book), id, shadow: !acts })));
    return new Map([...Map.groupBy(found, ({ id }) => id)].map(([id, conflicts]) => [id, conflicts.map(({ withId, withRule, level, message }) => ({ withId, withName: withRule, level, message }))]));
  }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms).unref(); });

function partOf(rule: StoredRule, version: StoredVersion | undefined, acts: boolean): readonly Part[] {
  return version?.compiled === undefined || version.compiled === null ? [] : [{ id: rule.id, version: version.version, compiled: version.compiled, acts }];
}
