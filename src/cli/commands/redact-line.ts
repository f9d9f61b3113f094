// One line of JSON with a field redacted, or all of them, and `findings` added. Messages never quote the line: it may hold what is to be hidden.
import { closingBrace, fieldSpans, isEmptyObject, leavesOf, type Leaf, type Span } from './redact-field.ts';

/** UTF-16 offsets into the field's text as it came; `field` where all fields were looked at. */
export interface LineFinding { readonly field?: string; readonly start: number; readonly end: number; readonly detector: string; readonly confidence: number }

/** What becomes of the field's text; `line` is all of the line, as it came. `remove` takes the field along, `drop` the line; null leaves
 *  it as it is. `isNumber`: digits that nobody named as a text, so that what only looks like a number is none. */
export type RedactField = (text: string, line: string, isNumber?: boolean) => { readonly text: string; readonly whole: 'keep' | 'remove' | 'drop'; readonly findings: readonly LineFinding[] } | null;

/** What becomes of each field, by its path. */
export type RedactFields = (path: string) => RedactField;

/** `unread`: the line has no text there to look at. */
export type LineResult = { readonly line: string; readonly findings: readonly LineFinding[]; readonly unread: boolean } | { readonly dropped: true; readonly findings: readonly LineFinding[] } | { readonly problem: string };

export function redactLine(line: string, path: string, redact: RedactField): LineResult {
  const problem = problemOf(line);
  if (problem !== null) return { problem };
  let out = line;
  let findings: readonly LineFinding[] = [];
  let unread = true;
  // From the last on, so that the places before stay; of keys that repeat, readers take the last.
  for (const [i, span] of fieldSpans(line, path).toReversed().entries()) {
    const text = textAt(line, span);
    unread &&= text === null;
    const redacted = text === null ? null : redact(text, line);
    if (redacted === null) continue;
    if (i === 0) ({ findings } = redacted);
    if (redacted.whole === 'drop') return { dropped: true, findings };
    out = `${out.slice(0, span.start)}${redacted.whole === 'remove' ? 'null' : JSON.stringify(redacted.text)}${out.slice(span.end)}`;
  }
  return { line: withFindings(out, findings), findings, unread };
}

/** The same of every text in the line, and of numbers that say enough by themselves; `findings` name their fields. */
export function redactAllFields(line: string, redact: RedactFields): LineResult {
  const problem = problemOf(line);
  if (problem !== null) return { problem };
  const parts: string[] = [];
  const findings: LineFinding[] = [];
  let from = 0;
  for (const leaf of leavesOf(line)) {
    const redacted = redactedLeaf(line, leaf, redact);
    if (redacted === null) continue;
    findings.push(...redacted.findings.map((one) => ({ ...one, field: leaf.path })));
    if (redacted.whole === 'drop') return { dropped: true, findings };
    parts.push(line.slice(from, leaf.start), redacted.whole === 'remove' ? 'null' : JSON.stringify(redacted.text));
    from = leaf.end;
  }
  return { line: withFindings(parts.join('') + line.slice(from), findings), findings, unread: false };
}

/** Paths of fields other than `path` that hold something to redact; none of a line that cannot be read. */
export function otherFieldsFound(line: string, path: string, redact: RedactFields): readonly string[] {
  if (problemOf(line) !== null) return [];
  const own = fieldSpans(line, path);
  const isOwn = ({ start, end }: Span): boolean => own.some((span) => span.start <= start && span.end >= end);
  return [...new Set(leavesOf(line).filter((leaf) => !isOwn(leaf) && (redactedLeaf(line, leaf, redact)?.findings.length ?? 0) > 0).map((leaf) => leaf.path))];
}

/** What was found before this run is no text of the line's. */
const earlierFindings = /^findings(?:\.|$)/;

function redactedLeaf(line: string, leaf: Leaf, redact: RedactFields): ReturnType<RedactField> {
  const text = earlierFindings.test(leaf.path) ? null : textAt(line, leaf);
  return text === null ? null : redact(leaf.path)(text, line, line[leaf.start] !== '"');
}

/** Null when it is a JSON object. */
function problemOf(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'not a JSON object';
  } catch {
    return 'not JSON';
  }
}

/** The text of a string; of a whole number, its digits. */
function textAt(line: string, { start, end }: Span): string | null {
  const token = line.slice(start, end);
  if (token.startsWith('"')) return JSON.parse(token) as string;
  return /^\d{1,40}$/.test(token) ? token : null;
}

/** A field of that name that came with the line gives way. */
function withFindings(line: string, findings: readonly LineFinding[]): string {
  const json = JSON.stringify(findings.map(({ field, start, end, detector, confidence }) => ({ ...(field !== undefined && { field }), start, end, detector, confidence })));
  const before = fieldSpans(line, 'findings').at(-1);
  if (before !== undefined) return `${line.slice(0, before.start)}${json}${line.slice(before.end)}`;
  const at = closingBrace(line);
  return `${line.slice(0, at).trimEnd()}${isEmptyObject(line) ? '' : ','}"findings":${json}}`;
}
