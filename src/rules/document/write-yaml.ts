// Values as YAML the way Weir writes it: two spaces a level, small leaf maps on one line, text of several lines as a block
// literal, no line ever folded.
import { Document, isMap, isScalar, isSeq, Scalar, type Node } from 'yaml';

const options = { lineWidth: 0, indent: 2, indentSeq: true, flowCollectionPadding: true, singleQuote: true, minContentWidth: 0 } as const;
const maxFlowWidth = 110;

/** YAML of a value, without a line break at its end. `literal` names keys whose text is always a block literal. */
export function writeYaml(value: unknown, literal: readonly string[] = [], rootFlow = false): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  if (document.contents !== null) style(document.contents as Node, literal, true);
  if (rootFlow && document.contents !== null && !isScalar(document.contents)) (document.contents as { flow?: boolean }).flow = true;
  return document.toString(options).replace(/\n$/, '');
}

function style(node: Node, literal: readonly string[], root = false): void {
  if (isScalar(node)) { styleScalar(node); return; }
  const collection = isMap(node) ? node : isSeq(node) ? node : null;
  if (collection === null) return;
  if (!root && collection.items.length > 0 && isLeaf(collection)) collection.flow = true;
  for (const item of collection.items) {
    if (isMap(node)) {
      const { key, value } = item as { key: Node; value: Node | null };
      if (isScalar(value) && typeof value.value === 'string' && literal.includes(String(isScalar(key) ? key.value : ''))) value.type = literalOr(value.value);
      else if (value !== null) style(value, literal);
    } else style(item as Node, literal);
  }
}

/** A block literal, where its characters allow one. */
const literalOr = (text: string): Scalar.Type => (/^[\t\n\x20-\ud7ff\ue000-\ufefe\uff00-\uffff\ud800-\udfff]*$/.test(text) && /\S/.test(text) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE);

function styleScalar(node: Scalar): void {
  if (typeof node.value !== 'string') return;
  if (node.value.includes('\n')) node.type = literalOr(node.value);
}

/** Short, and of scalars only, but that a record may hold a bag: one line reads better. */
function isLeaf(node: Node): boolean {
  if ((JSON.stringify(node) ?? '').length > maxFlowWidth || hasLines(node)) return false;
  return isMap(node) ? node.items.every(({ value }) => isScalar(value) || isFlat(value)) : isFlat(node);
}

const itemsOf = (node: unknown): readonly unknown[] => (isMap(node) ? node.items.map(({ value }) => value) : isSeq(node) ? node.items : []);
const isFlat = (node: unknown): boolean => itemsOf(node).every(isScalar);
const hasLines = (node: unknown): boolean => (isScalar(node) ? typeof node.value === 'string' && node.value.includes('\n') : itemsOf(node).some(hasLines));

/** The same, each line but the first indented by so many spaces. */
export const indented = (yaml: string, spaces: number): string => yaml.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(spaces)}`);
