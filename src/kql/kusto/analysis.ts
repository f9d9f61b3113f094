// Parses and binds a text, adding names that the binder does not know as dynamic columns until it is content or they are truly unknown.
import type { ColumnHint, CompileMode } from '../language.ts';
import type { TableDefinition } from '../catalogue/tables.ts';
import { globalsFor, tablesFor } from './globals.ts';
import { argumentsMissing, unknownName } from './diagnostics.ts';
import { items, type KustoCode, type KustoDiagnostic, type KustoGlobal, type KustoGlobals } from './port.ts';
import { prepare, type Source } from './source.ts';

export interface Analysis {
  readonly source: Source;
  readonly code: KustoCode;
  readonly diagnostics: readonly KustoDiagnostic[];
  readonly tables: readonly TableDefinition[];
  /** Names that were added: attributes in rules and filters, columns in table queries. */
  readonly implicit: ReadonlySet<string>;
  readonly globals: KustoGlobals;
}

/** More rounds would only find names that no column can mend. */
const maxRounds = 6;

export function analyse(kusto: KustoGlobal, text: string, mode: CompileMode, columns: readonly ColumnHint[] = []): Analysis {
  const source = prepare(text, mode);
  const tables = tablesFor(mode, columns);
  const implicit = new Set<string>();
  for (let round = 1; ; round++) {
    const globals = globalsFor(kusto, tables, [...implicit]);
    const code = kusto.Language.KustoCode.ParseAndAnalyze(source.full, globals);
    const diagnostics = items(code.GetDiagnostics());
    const before = implicit.size;
    for (const diagnostic of diagnostics) if (isUnknownName(diagnostic, source)) implicit.add(nameIn(diagnostic.Message));
    if (implicit.size === before || round === maxRounds) return { source, code, diagnostics, tables, implicit, globals };
  }
}

/** A name in brackets is never a call, even when a function has that name. */
function isUnknownName({ Code, Start }: KustoDiagnostic, source: Source): boolean {
  return Code === unknownName || (Code === argumentsMissing && source.full[Start] === '[');
}

/** The binder's message quotes the name, brackets and escapes removed. */
function nameIn(message: string): string { return message.slice(message.indexOf("'") + 1, message.lastIndexOf("'")); }
