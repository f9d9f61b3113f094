// Text out of a heap as it is drawn: names of the program as they are, values in quotes or as a hole where they are masked.
import type { EdgeRow, HeapText, NodeRow } from '../../../../heap/index.ts';
import { maskedTitle } from '../../../ui/index.ts';

/** Longer texts are cut where they are drawn in one line; all of it is behind the pointer. */
const longest = 300;

export function Text({ text: { text, isValue, masked: hidden } }: { readonly text: HeapText }) {
  if (hidden) return <span className="mask" title={maskedTitle}>{text}</span>;
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return <span className="mono" title={text === short ? undefined : text}>{isValue ? `"${short}"` : short}</span>;
}

/** "CartSession @48213", `"eu-west" @7`, "rememberSession Function @21". */
export function NodeName({ node: { text, className, id } }: { readonly node: NodeRow }) {
  const own = text.text !== className && text.text !== '';
  return <><span className="ell">{own ? <Text text={text} /> : <span className="mono">{className}</span>}</span>{own && <span className="t3 ell heap-class">{className}</span>}<span className="t3 meta heap-id">@{id}</span></>;
}

const edgeTitles: Readonly<Record<string, string>> = { context: 'a variable that functions hold', element: 'an element', property: 'a property', internal: 'the engine\'s own', hidden: 'the engine\'s own', shortcut: 'the engine\'s own', weak: 'a weak reference: it keeps nothing alive' };
export const edgeTitle = ({ type, keeps }: Pick<EdgeRow, 'type' | 'keeps'>): string => `${edgeTitles[type] ?? type}${keeps || type === 'weak' ? '' : '; it keeps nothing alive'}`;

/** A reference's name: `lines`, `[0]` for elements, and the engine's own in quiet. */
export function EdgeName({ edge }: { readonly edge: Omit<EdgeRow, 'node'> }) {
  const own = edge.type === 'property' || edge.type === 'context' || edge.type === 'element';
  return <span className={`ell nw ${own && edge.keeps ? 'heap-edge' : 't3'}`} title={edgeTitle(edge)}>{edge.type === 'element' ? <span className="mono">[{edge.name.text}]</span> : <Text text={edge.name} />}{!edge.keeps && <span className="t3"> weak</span>}</span>;
}
