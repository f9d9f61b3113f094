// What every part of lowering is handed: the parser's names, the problem collector, the person's text, and `let` constants.
import type { KqlType } from '../plan.ts';
import type { Problems } from './diagnostics.ts';
import type { KustoGlobal, KustoNode } from './port.ts';
import type { Source } from './source.ts';

export interface Context {
  readonly kusto: KustoGlobal;
  readonly kinds: ReadonlyMap<number, string>;
  readonly problems: Problems;
  readonly source: Source;
  /** Null when they are not known here; then any name will do. */
  readonly detectors: readonly string[] | null;
  /** `let` constants by name. */
  readonly constants: ReadonlyMap<string, KustoNode>;
}

export const kindOf = (context: Pick<Context, 'kinds'>, node: KustoNode): string => context.kinds.get(node.Kind) ?? '';

/** The text of a node or token as the person wrote it. */
export const textOf = (context: Pick<Context, 'source'>, node: KustoNode): string => context.source.full.slice(node.TextStart, node.End);

const types = new Set<string>(['bool', 'int', 'long', 'real', 'decimal', 'string', 'datetime', 'timespan', 'dynamic', 'guid']);

/** The binder's type as a Plan names it: array and bag flavours of dynamic are dynamic, and so is what the binder leaves open. */
export function typeName(name: string | undefined): KqlType { return name !== undefined && types.has(name) ? (name as KqlType) : 'dynamic'; }
export const typeOf = (node: KustoNode): KqlType => typeName(node.ResultType?.Name);
