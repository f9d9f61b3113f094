// Saved views: tail filters that people keep. Their KQL is compiled when it is saved; what it follows is read from the book of names each time.
import { isDeepStrictEqual } from 'node:util';
import { err, ok, type Result } from '../../../base/index.ts';
import type { Plan } from '../../../kql/index.ts';
import { inputOfView, type SavedView, type SavedViewInput, type ViewImported } from '../../../model/index.ts';
import { record, type Actor } from '../../audit/index.ts';
import { refuse, type Problem } from '../../http/problem.ts';
import { CompileLimit, type KqlCompiler } from '../../ports/compiler.ts';
import { Serial } from '../../ports/serial.ts';
import type { Store, StoreParts } from '../../store/index.ts';
import { followsOf, type Names } from '../follows.ts';
import { putView, storedViews, type StoredView } from './documents.ts';
import { readViews, stepsOf, type ReadView } from './view-files.ts';

const mostViews = 5000;

export interface ViewOptions { readonly store: Store; readonly compiler: KqlCompiler; readonly now: () => string; readonly newId: () => string; readonly names: () => Names }
interface Compiled { readonly input: SavedViewInput; readonly plan: Plan | null }
type Done<T = SavedView> = Promise<Result<T, Problem>>;

export class Views {
  readonly #options: ViewOptions;
  readonly #changes = new Serial();
  #all: readonly StoredView[] = [];

  constructor(options: ViewOptions) { this.#options = options; }

  async load(): Promise<void> { this.#all = await storedViews(this.#options.store); }

  /** By name. Another list after every change. */
  get all(): readonly StoredView[] { return this.#all; }
  list(): SavedView[] { return this.#all.map((one) => this.#shown(one)); }

  /** Errors: `view.unknown`. */
  get(id: string): Result<SavedView, Problem> {
    const found = this.#all.find(({ view }) => view.id === id);
    return found === undefined ? unknown(id) : ok(this.#shown(found));
  }

  /** Errors: `rule.does-not-compile`, `view.name-taken`, `view.too-many`. */
  async create(input: SavedViewInput, actor: Actor): Done {
    const compiled = await this.#compile(input, ['kql']);
    if (!compiled.ok) return compiled;
    return this.#changes.run(async () => {
      if (this.#named(input.name) !== undefined) return taken(input.name);
      if (this.#all.length >= mostViews) return tooMany();
      const made = this.#made(compiled.value, actor);
      await this.#put([[null, made]], actor);
      return ok(this.#shown(made));
    });
  }

  /** `base`: what was edited. Errors: `view.unknown`, `view.changed-meanwhile`, `rule.does-not-compile`, `view.name-taken`. */
  async change(id: string, input: SavedViewInput, actor: Actor, base?: SavedViewInput): Done {
    const compiled = await this.#compile(input, ['kql']);
    if (!compiled.ok) return compiled;
    return this.#changes.run(async () => {
      const before = this.#all.find(({ view }) => view.id === id);
      if (before === undefined) return unknown(id);
      if (base !== undefined && !isDeepStrictEqual(base, inputOfView(before.view))) return refuse('view.changed-meanwhile', `Somebody else saved the view ${before.view.name} while it was edited, so this was not saved.`);
      const other = this.#named(input.name);
      if (other !== undefined && other !== before) return taken(input.name);
      const after = this.#changed(before, compiled.value);
      if (stepsOf([input], [before.view])[0]!.action !== 'same') await this.#put([[before, after]], actor);
      return ok(this.#shown(after));
    });
  }

  /** Errors: `view.unknown`. */
  remove(id: string, actor: Actor): Done<null> {
    return this.#changes.run(async () => {
      const before = this.#all.find(({ view }) => view.id === id);
      if (before === undefined) return unknown(id);
      const { store, now } = this.#options;
      await store.transaction(async (parts) => {
        await parts.documents.remove('view', id);
        await record(parts, actor, now(), { action: 'view.delete', subject: `view:${id}`, before: before.view, after: null });
      });
      await this.load();
      return ok(null);
    });
  }

  /** All files or none; with `dry` the plan alone. A second time there is nothing to do. Errors: `view.file`, `rule.does-not-compile`, `view.too-many`. */
  async importFiles(files: readonly { readonly name: string; readonly text: string }[], dry: boolean, actor: Actor): Done<ViewImported> {
    const read = readAll(files);
    if (!read.ok) return read;
    const compiled: Compiled[] = [];
    for (const { from, view, kqlLine } of read.value) {
      const one = await this.#compile(view, [from, 'kql']);
      if (!one.ok) return err({ ...one.error, message: `${from}, line ${kqlLine}: ${one.error.message}` });
      compiled.push(one.value);
    }
    return this.#changes.run(async () => {
      const steps = stepsOf(compiled.map(({ input }) => input), this.#all.map(({ view }) => view));
      if (this.#all.length + steps.filter(({ action }) => action === 'create').length > mostViews) return tooMany();
      if (!dry) await this.#apply(compiled.filter((_, i) => steps[i]!.action !== 'same'), actor);
      return ok({ steps, applied: !dry });
    });
  }

  async #apply(compiled: readonly Compiled[], actor: Actor): Promise<void> {
    if (compiled.length > 0) await this.#put(compiled.map((one) => { const before = this.#named(one.input.name); return before === undefined ? [null, this.#made(one, actor)] as const : [before, this.#changed(before, one)] as const; }), actor);
  }

  #named(name: string): StoredView | undefined { return this.#all.find(({ view }) => view.name === name); }

  #made({ input, plan }: Compiled, actor: Actor): StoredView {
    const at = this.#options.now();
    return { view: { id: this.#options.newId(), ...input, createdAt: at, updatedAt: at, author: actor.user }, plan };
  }

  #changed({ view }: StoredView, { input, plan }: Compiled): StoredView { return { view: { ...view, ...input, updatedAt: this.#options.now() }, plan }; }

  async #put(changes: readonly (readonly [before: StoredView | null, after: StoredView])[], actor: Actor): Promise<void> {
    const { store, now } = this.#options;
    await store.transaction(async (parts: StoreParts) => {
      for (const [before, after] of changes) {
        await putView(parts, after);
        await record(parts, actor, now(), { action: before === null ? 'view.create' : 'view.save', subject: `view:${after.view.id}`, before: before?.view ?? null, after: after.view });
      }
    });
    await this.load();
  }

  /** `path`: where the KQL stands, for whoever has to find it. */
  async #compile(input: SavedViewInput, path: readonly string[]): Promise<Result<Compiled, Problem>> {
    if (input.kql.trim() === '') return ok({ input, plan: null });
    try {
      const { plan, diagnostics } = await this.#options.compiler.compile(input.kql, 'filter');
      if (plan !== null) return ok({ input, plan });
      const [first] = diagnostics.filter(({ severity }) => severity === 'error');
      return refuse('rule.does-not-compile', `The KQL of the view ${input.name} does not compile, so it was not saved: ${first?.message ?? 'it has no plan.'}`, { diagnostics: diagnostics.map(({ fixes, ...rest }) => ({ ...rest, path: [...path], ...(fixes !== undefined && { fixes: [...fixes] }) })) });
    } catch (error) {
      if (error instanceof CompileLimit) return refuse('rule.too-costly', `The check of the view ${input.name} ${error.message}, so it was given up and nothing was saved.`);
      return refuse('compiler.unavailable', `The KQL compiler could not run: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #shown({ view, plan }: StoredView): SavedView { return { ...view, follows: followsOf(plan, this.#options.names(), view.createdAt) }; }
}

function readAll(files: readonly { readonly name: string; readonly text: string }[]): Result<readonly ReadView[], Problem> {
  const read = files.map(({ name, text }) => readViews(name, text));
  const views = read.flatMap((one) => (one.ok ? one.value : []));
  const twice = views.filter(({ view }, i) => views.findIndex((one) => one.view.name === view.name) < i).map(({ from, view }) => ({ path: from, message: `${view.name} is in another file, too.` }));
  const issues = [...read.flatMap((one) => (one.ok ? [] : one.error)), ...twice];
  return issues.length === 0 ? ok(views) : refuse('view.file', `Nothing was imported: ${issues[0]!.path}: ${issues[0]!.message}${issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''}`, { issues });
}

const unknown = (id: string): Result<never, Problem> => refuse('view.unknown', `There is no saved view with the id "${id}".`);
const taken = (name: string): Result<never, Problem> => refuse('view.name-taken', `Another saved view is called ${name}.`);
const tooMany = (): Result<never, Problem> => refuse('view.too-many', `There are ${mostViews.toLocaleString('en')} saved views, as many as may be.`);
