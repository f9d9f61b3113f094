// The operators that choose, order and take rows apart: sort, top, take, parse, mv-expand.
import { children, items, type KustoNode } from '../kusto/port.ts';
import { elements, type Reader } from './reader.ts';
import { readNamed } from './read-summarize.ts';
import type { BlockForm, ExpandField, ParseField } from './types.ts';

interface Key { readonly expression: string; readonly descending: boolean }

export function readSort(reader: Reader, node: KustoNode): BlockForm | null {
  const keys = elements(reader, node).map((part) => readKey(reader, part));
  return items(node.Parameters).length === 0 && keys.every((key) => key !== null) ? { form: 'sort', keys } : null;
}

export function readTop(reader: Reader, node: KustoNode): BlockForm | null {
  const key = readKey(reader, node.ByExpression);
  return key === null || items(node.Parameters).length > 0 ? null : { form: 'count', count: reader.text(node.Expression), by: key.expression, descending: key.descending };
}

export function readTake(reader: Reader, node: KustoNode): BlockForm | null {
  return items(node.Parameters).length > 0 ? null : { form: 'count', count: reader.text(node.Expression), by: null, descending: false };
}

/** Null when it says where nulls go: the form has no field for that. */
function readKey(reader: Reader, node: KustoNode | undefined): Key | null {
  if (node === undefined) return null;
  if (reader.kind(node) !== 'OrderedExpression') return { expression: reader.text(node), descending: true };
  if (node.Ordering?.NullsClause) return null;
  return { expression: reader.text(node.Expression), descending: reader.text(node.Ordering?.AscOrDescKeyword) !== 'asc' };
}

export function readParse(reader: Reader, node: KustoNode): BlockForm | null {
  if (items(node.Parameters).length > 0) return null;
  const list = children(node).findLast((child) => reader.kind(child) === 'List');
  const parts = children(list).map((part) => readPart(reader, part));
  return parts.every((part) => part !== null) ? { form: 'parse', source: reader.text(node.Expression), parts } : null;
}

function readPart(reader: Reader, node: KustoNode): ParseField | null {
  switch (reader.kind(node)) {
    case 'StarExpression': return { part: 'skip' };
    case 'StringLiteralExpression': case 'CompoundStringLiteralExpression': return { part: 'text', text: reader.text(node) };
    case 'NameDeclaration': return { part: 'column', name: reader.text(node), type: '' };
    case 'NameAndTypeDeclaration': { const [name, , type] = children(node); return { part: 'column', name: reader.text(name), type: reader.text(type) }; }
    default: return null;
  }
}

export function readExpand(reader: Reader, node: KustoNode): BlockForm | null {
  if (items(node.Parameters).length > 0) return null;
  const limit = children(node).find((child) => reader.kind(child) === 'MvExpandRowLimitClause');
  return { form: 'expand', columns: elements(reader, node).map((part) => readExpanded(reader, part)), limit: reader.text(children(limit)[1]) };
}

function readExpanded(reader: Reader, node: KustoNode): ExpandField {
  const [what, to] = children(node);
  const type = /^to\s*typeof\s*\(\s*(\w+)\s*\)$/.exec(reader.text(to))?.[1] ?? '';
  return what === undefined ? { name: '', expression: reader.text(node), type: '' } : { ...readNamed(reader, what), type };
}
