// How forms are read from the syntax tree: a node's kind, and its text as the person wrote it, on one line.
import { children, type KustoNode } from '../kusto/port.ts';
import type { Source } from '../kusto/source.ts';
import { oneLine } from './one-line.ts';

export interface Reader {
  kind(node: KustoNode | null | undefined): string;
  /** On one line, without comments. */
  text(node: KustoNode | null | undefined): string;
}

export function readerOf(kinds: ReadonlyMap<number, string>, { text, shift }: Pick<Source, 'text' | 'shift'>): Reader {
  return {
    kind: (node) => (node === null || node === undefined ? '' : (kinds.get(node.Kind) ?? '')),
    text: (node) => (node === null || node === undefined ? '' : oneLine(text.slice(Math.max(0, node.TextStart - shift), Math.max(0, node.End - shift)))),
  };
}

/** The elements of a node's list; one with parameters has an empty or full list of those in front. */
export function elements(reader: Reader, node: KustoNode | null | undefined): readonly KustoNode[] {
  const list = children(node).findLast((child) => reader.kind(child) === 'List');
  return children(list).map((element) => (reader.kind(element) === 'SeparatedElement' ? element.GetChild(0) : element)).filter((child) => child !== null);
}

/** `(x)` is x. */
export function unwrapped(reader: Reader, node: KustoNode | null | undefined): KustoNode | null {
  if (node === null || node === undefined) return null;
  return reader.kind(node) === 'ParenthesizedExpression' ? unwrapped(reader, node.Expression) : node;
}

/** A node's arguments, when it is a call. */
export const callArguments = (reader: Reader, call: KustoNode): readonly KustoNode[] => elements(reader, call.ArgumentList);
