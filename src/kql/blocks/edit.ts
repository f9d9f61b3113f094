// Edits of a text block by block, as TextEdits for an editor: what is outside the edited place, comments and layout included, stays.
import type { TextEdit } from '../../model/index.ts';
import { aboveComments, behindComment, indentOf, lineEnd, lineStart } from './place.ts';
import { formBody } from './print-form.ts';
import { tokenEdits } from './token-edits.ts';
import type { BlockForm, QueryBlock } from './types.ts';

type Edits = readonly TextEdit[];
type BodyPlace = Pick<QueryBlock, 'bodyStart' | 'bodyEnd'>;

/** The text with edits made. They are in order of place and do not overlap. */
export function applyEdits(text: string, edits: Edits): string {
  return edits.reduceRight((out, { start, end, text: replacement }) => out.slice(0, start) + replacement + out.slice(end), text);
}

/** The body replaced by a text that a person wrote. */
export function replaceBody(text: string, { bodyStart, bodyEnd }: BodyPlace, body: string): Edits {
  if (text.slice(bodyStart, bodyEnd) === body) return [];
  const gap = bodyStart === bodyEnd && /\w/.test(text[bodyStart - 1] ?? '') ? ' ' : '';
  return [{ start: bodyStart, end: bodyEnd, text: gap + body }];
}

/** The body made to say what the form says; words that stay keep their layout and the comments between them. */
export function formEdits(text: string, block: BodyPlace, form: BlockForm): Edits {
  return block.bodyStart === block.bodyEnd ? replaceBody(text, block, formBody(form)) : tokenEdits(text, block.bodyStart, block.bodyEnd, formBody(form));
}

/** A new block in front of block `at` (`blocks.length`: at the end). A table has no keyword; a sink's is `invoke`. */
export function insertBlock(text: string, blocks: readonly QueryBlock[], at: number, keyword: string, body: string): Edits {
  const words = [keyword, body].filter((word) => word !== '').join(' ');
  const before = blocks[at - 1];
  if (keyword === 'let') return insertLine(text, blocks.find(({ kind }) => kind !== 'let')?.start ?? text.length, `${words};`);
  if (before === undefined || before.kind === 'let') return insertLine(text, blocks[at] === undefined ? text.length : lineStart(text, blocks[at].start), words);
  const place = behindComment(text, before.end);
  const next = blocks[at];
  const ownLine = place > before.end || next === undefined || text.slice(before.end, next.start).includes('\n');
  const indent = [next, before].map((block) => (block === undefined || block.kind === 'table' ? null : indentOf(text, block.start))).find((found) => found !== null) ?? '';
  return [{ start: place, end: place, text: ownLine ? `\n${indent}| ${words}` : ` | ${words}` }];
}

/** A line of its own at `at`, which is the start of a line or the end of the text. */
function insertLine(text: string, at: number, words: string): Edits {
  if (at < text.length) return [{ start: at, end: at, text: `${words}\n` }];
  return [{ start: at, end: at, text: text === '' || text.endsWith('\n') ? words : `\n${words}` }];
}

/** Null when the block cannot go: a table that something follows. Comments stay. */
export function removeBlock(text: string, blocks: readonly QueryBlock[], index: number): Edits | null {
  const block = blocks[index];
  if (block === undefined || (block.kind === 'table' && blocks.length > index + 1)) return null;
  const from = lineStart(text, block.start);
  const until = lineEnd(text, block.end);
  const first = text.slice(from, block.start).trim() === '';
  const last = text.slice(block.end, until).trim() === '';
  if (first && last) return [from > 0 ? { start: endOfLineBefore(text, from), end: until, text: '' } : { start: 0, end: nextLine(text, until), text: '' }];
  const spaceBehind = block.end + /^[ \t]*/.exec(text.slice(block.end))![0].length;
  const spaceBefore = block.start - /[ \t]*$/.exec(text.slice(from, block.start))![0].length;
  return [first ? { start: block.start, end: spaceBehind, text: '' } : { start: spaceBefore, end: block.end, text: '' }];
}

const endOfLineBefore = (text: string, start: number): number => lineEnd(text, lineStart(text, start - 1));
const nextLine = (text: string, end: number): number => (text[end] === '\r' ? end + 2 : end === text.length ? end : end + 1);

/** Swaps the block with its neighbour; the comments above and beside each go with it. Null when one of them is no operator behind a pipe. */
export function moveBlock(text: string, blocks: readonly QueryBlock[], index: number, by: -1 | 1): Edits | null {
  const [first, second] = by < 0 ? [blocks[index - 1], blocks[index]] : [blocks[index], blocks[index + 1]];
  if (first?.kind !== 'operator' || second?.kind !== 'operator' || text[first.start] !== '|' || text[second.start] !== '|') return null;
  const [upper, lower] = [extent(text, first), extent(text, second)];
  return [{ start: upper.start, end: upper.end, text: fitted(text, lower, upper.end) }, { start: lower.start, end: lower.end, text: fitted(text, upper, lower.end) }];
}

/** A block with its comments. `open`: it ends in a comment. */
interface Extent { readonly start: number; readonly end: number; readonly open: boolean }

function extent(text: string, block: QueryBlock): Extent {
  const above = aboveComments(text, block.start);
  const indent = above === block.start ? 0 : /^[ \t]*/.exec(text.slice(above))![0].length;
  const end = behindComment(text, block.end);
  return { start: above + indent, end, open: end > block.end };
}

/** A comment must not swallow what stands behind its new place. */
function fitted(text: string, { start, end, open }: Extent, newEnd: number): string {
  return open && lineEnd(text, newEnd) !== newEnd ? `${text.slice(start, end)}\n` : text.slice(start, end);
}
