// Parses and binds a text, adding names that the binder does not know as dynamic columns until it is content or they are truly unknown.
// An editor asks several questions about one text, so the last analyses are kept.
import type { ColumnHint, CompileMode } from '../language.ts';
import type { TableDefinition } from '../catalogue/tables.ts';
import { globalsFor, tablesFor } from './globals.ts';
import { argumentsMissing, unknownName } from './diagnostics.ts';
import { guessNames } from './guess-names.ts';
import { children, items, type KustoCode, type KustoCodeService, type KustoDiagnostic, type KustoGlobal, type KustoGlobals, type KustoNode } from './port.ts';
import { prepare, type Source } from './source.ts';

export interface Analysis {
  readonly source: Source;
  readonly code: KustoCode;
  readonly diagnostics: readonly KustoDiagnostic[];
  readonly tables: readonly TableDefinition[];
  /** Names that were added and that the text refers to: attributes in rules and filters, columns in table queries. */
  readonly implicit: ReadonlySet<string>;
  /** Names that were added and that the text itself does not make somewhere: no column has them. */
  readonly added: ReadonlySet<string>;
  /** The editor's view of the same analysis. */
  readonly service: KustoCodeService;
}

export interface Analyser {
  readonly kusto: KustoGlobal;
  readonly kinds: ReadonlyMap<number, string>;
  analyse(text: string, mode: CompileMode, columns?: readonly ColumnHint[]): Analysis;
}

/** More rounds would only find names that no column can mend. */
const maxRounds = 6;
const keptAnalyses = 4;
const keptGlobals = 16;

export function createAnalyser(kusto: KustoGlobal, kinds: ReadonlyMap<number, string>): Analyser {
  const analyses = new Map<string, Analysis>();
  const globals = new Map<string, KustoGlobals>();
  const globalsOf = (mode: CompileMode, columns: readonly ColumnHint[], tables: readonly TableDefinition[], added: ReadonlySet<string>): KustoGlobals =>
    kept(globals, keptGlobals, JSON.stringify([mode, columns, ...added]), () => globalsFor(kusto, mode, tables, [...added]));
  return {
    kusto, kinds,
    analyse: (text, mode, columns = []) => kept(analyses, keptAnalyses, JSON.stringify([mode, text, columns]), () => {
      const tables = tablesFor(mode, columns);
      return analyse(kusto, kinds, prepare(text, mode), tables, (added) => globalsOf(mode, columns, tables, added));
    }),
  };
}

/** A small cache that forgets what was not asked for longest. */
export function kept<T>(cache: Map<string, T>, size: number, key: string, make: () => T): T {
  const value = cache.get(key) ?? make();
  cache.delete(key);
  cache.set(key, value);
  if (cache.size > size) cache.delete(cache.keys().next().value!);
  return value;
}

function analyse(kusto: KustoGlobal, kinds: ReadonlyMap<number, string>, source: Source, tables: readonly TableDefinition[], globalsOf: (added: ReadonlySet<string>) => KustoGlobals): Analysis {
  const guessed = guessNames(source.full, tables);
  const added = new Set(guessed);
  for (let round = 1; ; round++) {
    const code = kusto.Language.KustoCode.ParseAndAnalyze(source.full, globalsOf(added));
    const diagnostics = items(code.GetDiagnostics());
    const before = added.size;
    for (const diagnostic of diagnostics) if (isUnknownName(diagnostic, source)) added.add(nameIn(diagnostic.Message));
    const { referred, declared } = namesIn(kinds, code.Syntax);
    // A name that the text itself makes has the type that it is made with; should it also stand in front of that, the binder will say so.
    const wrong = round === 1 ? guessed.filter((name) => declared.has(name)) : [];
    for (const name of wrong) added.delete(name);
    if ((added.size > before || wrong.length > 0) && round < maxRounds) continue;
    const implicit = new Set([...added].filter((name) => referred.has(name)));
    return { source, code, diagnostics, tables, implicit, added: new Set([...added].filter((name) => !declared.has(name))), service: new kusto.Language.Editor.KustoCodeService.ctor(code) };
  }
}

/** Names that stand for a value somewhere, neither a call's name nor the key behind a dot; and names that the text gives to something. */
function namesIn(kinds: ReadonlyMap<number, string>, root: KustoNode): { readonly referred: ReadonlySet<string>; readonly declared: ReadonlySet<string> } {
  const referred = new Set<string>();
  const declared = new Set<string>();
  const stack: KustoNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.IsToken) continue;
    const kind = kinds.get(node.Kind);
    if (kind === 'NameReference' || kind === 'NameDeclaration') { (kind === 'NameReference' ? referred : declared).add(node.SimpleName ?? ''); continue; }
    const skipped = kind === 'FunctionCallExpression' ? node.Name : kind === 'PathExpression' ? node.Selector : undefined;
    for (const child of children(node)) if (child !== skipped) stack.push(child);
  }
  return { referred, declared };
}

/** A name in brackets is never a call, even when a function has that name. */
function isUnknownName({ Code, Start }: KustoDiagnostic, source: Source): boolean {
  return Code === unknownName || (Code === argumentsMissing && source.full[Start] === '[');
}

/** The binder's message quotes the name, brackets and escapes removed. */
function nameIn(message: string): string { return message.slice(message.indexOf("'") + 1, message.lastIndexOf("'")); }
