// What every part of lowering is handed: the parser's names, the problem collector, the person's text, and what `let` has named.
import type { Expr, KqlType } from '../plan.ts';
import type { Problems } from './diagnostics.ts';
import type { KustoGlobal, KustoNode } from './port.ts';
import type { Flow } from './flow.ts';
import type { Size } from './size.ts';
import type { Source } from './source.ts';
import type { TableDefinition } from '../catalogue/tables.ts';

/** What a name of `let` or of a function's parameter stands for. `names`: what could be seen where it was written. */
export type Bound =
  | { readonly as: 'expression' | 'table' | 'function'; readonly node: KustoNode; readonly names: Names }
  | { readonly as: 'value'; readonly expr: Expr }
  | { readonly as: 'rows'; readonly flow: Flow };
export type Names = ReadonlyMap<string, Bound>;

export interface Context {
  readonly kusto: KustoGlobal;
  readonly kinds: ReadonlyMap<number, string>;
  readonly problems: Problems;
  readonly source: Source;
  readonly tables: readonly TableDefinition[];
  readonly size: Size;
  /** Null when they are not known here; then any name will do. */
  readonly detectors: readonly string[] | null;
  readonly names: Names;
  /** Inside summarize: what an aggregate within an expression becomes. */
  readonly aggregate: ((call: KustoNode, fn: string) => Expr) | null;
}

export const kindOf = (context: Pick<Context, 'kinds'>, node: KustoNode): string => context.kinds.get(node.Kind) ?? '';

/** The text of a node or token as the person wrote it. */
export const textOf = (context: Pick<Context, 'source'>, node: KustoNode): string => context.source.full.slice(node.TextStart, node.End);

const types = new Set<string>(['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'dynamic', 'guid']);
/** Other spellings of the types, as they stand in `typeof(…)` and in declarations. */
const typeAliases: Readonly<Record<string, KqlType>> = {
  boolean: 'bool', double: 'real', float: 'real', single: 'real', date: 'datetime', time: 'timespan', uuid: 'guid', uniqueid: 'guid', int8: 'int', int16: 'int', int32: 'int', uint8: 'int', uint16: 'int',
  uint: 'int', uint32: 'int', int64: 'long', uint64: 'long', ulong: 'long',
};

/** The binder's type as a Plan names it: array and bag flavours of dynamic are dynamic, and so is what the binder leaves open. */
export function typeName(name: string | undefined): KqlType { return name !== undefined && types.has(name) ? (name as KqlType) : 'dynamic'; }
export const typeOf = (node: KustoNode): KqlType => typeName(node.ResultType?.Name);
/** A type as a person writes it. */
export const declaredType = (text: string): KqlType => typeAliases[text.trim()] ?? typeName(text.trim());
