// What the rules that run do to each other, worked out in the compile worker and kept until one of them changes.
import type { RuleMode, RuleSummary } from '../../model/index.ts';
import type { CompiledRule } from '../../rules/index.ts';
import type { KqlCompiler } from '../ports/compiler.ts';
import type { StoredRule, StoredVersion } from '../store/index.ts';

export type ShownConflicts = RuleSummary['conflicts'];
type ConflictsByRule = ReadonlyMap<string, ShownConflicts>;

interface Part { readonly id: string; readonly version: number; readonly compiled: CompiledRule; readonly mode: RuleMode | null }
interface ConflictOptions { readonly compiler: KqlCompiler; readonly onError: (error: unknown) => void }

export class Conflicts {
  readonly #options: ConflictOptions;
  #key = '';
  #kept: Promise<ConflictsByRule> = Promise.resolve(new Map());

  constructor(options: ConflictOptions) { this.#options = options; }

  /** By rule id. Rules that run live act on all; drafts and rules in shadow only suffer: each is judged as if it alone joined those. */
  of(rules: readonly StoredRule[], latest: ReadonlyMap<string, StoredVersion>, deployed: ReadonlyMap<string, StoredVersion>): Promise<ConflictsByRule> {
    const parts = rules.flatMap((rule) => partOf(rule, deployed.get(rule.id) ?? latest.get(rule.id)));
    const key = JSON.stringify(parts.map(({ id, version, mode }) => [id, version, mode]));
    if (key !== this.#key) {
      this.#key = key;
      this.#kept = this.#find(parts).catch((error: unknown) => {
        // Unknown for now: asked again next time.
        this.#key = '';
        this.#options.onError(error);
        return new Map();
      });
    }
    return this.#kept;
  }

  async #find(parts: readonly Part[]): Promise<ConflictsByRule> {
    // Agents settle equal order by id. What does not run live takes nothing from the others.
    const inOrder = parts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const found = await this.#options.compiler.conflicts(inOrder.map(({ compiled, mode }) => ({ ...compiled, shadow: mode !== 'live' })));
    const ids = new Map(parts.map(({ id, compiled }) => [compiled.name, id]));
    const byRule = Map.groupBy(found, ({ rule }) => ids.get(rule) ?? '');
    return new Map([...byRule].map(([id, conflicts]) => [id, conflicts.map(({ withRule, level, message }) => ({ withId: ids.get(withRule) ?? '', withName: withRule, level, message }))]));
  }
}

function partOf(rule: StoredRule, version: StoredVersion | undefined): readonly Part[] {
  return version?.compiled === undefined || version.compiled === null ? [] : [{ id: rule.id, version: version.version, compiled: version.compiled, mode: rule.mode }];
}
