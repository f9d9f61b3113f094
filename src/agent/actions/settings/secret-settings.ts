// Secrets of set-ups that the detectors, made for all telemetry, leave: by the names of an environment and of configuration files, also where the value
// stands below its name (blocks of YAML, `name:` and `value:` in turn). One pass over the lines.
import { opensSecret } from './names.ts';
import { cue, secretsInLine } from './one-line.ts';
import { type Span, valueSpan } from './values.ts';

export type { Span } from './values.ts';

const opening = /^([ \t]*)(?:- )?["']?([A-Za-z_][\w.-]{0,127})["']?[ \t]{0,8}:[ \t]{0,8}(?:([|>])[+\-\d]{0,2}[ \t]{0,8})?(?:#.*)?$/;
const pairName = /^[ \t]*(?:-[ \t]{1,8})?["']?(?:name|key)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([\w.-]{1,128})["']?,?[ \t]{0,8}$/i;
const pairValue = /^[ \t]*(?:-[ \t]{1,8})?["']?value["']?[ \t]{0,8}[:=][ \t]{0,8}/i;
/** A name of its own, so no value of the one above. */
const isNested = /^[ \t]*(?:-[ \t]{1,8})?["']?[\w.-]{1,128}["']?[ \t]{0,8}:(?:[ \t]|$)|^[ \t]*[#{}[\]]/;
const longestName = 400;

/** What hides values on the lines to come. */
interface Below { readonly indent: number; /** `|` and `>`: all that is indented deeper, whatever it is. */ readonly isBlock: boolean }

/** In the order of the text, none overlapping. */
export function secretSettings(text: string): readonly Span[] {
  const reader = new Reader();
  for (let from = 0; from < text.length;) {
    const at = text.indexOf('\n', from);
    const to = at < 0 ? text.length : at;
    reader.take(text.slice(from, text[to - 1] === '\r' && to > from ? to - 1 : to), from);
    from = to + 1;
  }
  return merged(reader.spans);
}

class Reader {
  readonly spans: Span[] = [];
  #below: Below | null = null;
  #isPairOpen = false;

  take(line: string, offset: number): void {
    const own = this.#belowName(line) ?? (this.#isPairOpen ? this.#pairValue(line) : null);
    if (own !== null) { if (own.end > own.start) this.spans.push(moved(own, offset)); return; }
    if (cue.test(line)) for (const span of secretsInLine(line)) this.spans.push(moved(span, offset));
    this.#open(line);
  }

  /** Null: the line is no value of a name above it. */
  #belowName(line: string): Span | null {
    const below = this.#below;
    if (below === null) return null;
    if (line.trim() === '') return { start: 0, end: 0 };
    const indent = indentOf(line);
    if (indent > below.indent && (below.isBlock || !isNested.test(line.slice(0, longestName)))) {
      const start = below.isBlock ? indent : indent + (/^- +/.exec(line.slice(indent, indent + 40))?.[0].length ?? 0);
      return below.isBlock ? { start, end: line.length } : valueSpan(line, start, true) ?? { start: 0, end: 0 };
    }
    this.#below = null;
    return null;
  }

  #pairValue(line: string): Span | null {
    this.#isPairOpen = false;
    const head = pairValue.exec(line.slice(0, longestName))?.[0];
    if (head === undefined) return null;
    if (/^[|>]/.test(line.slice(head.length))) { this.#below = { indent: indentOf(line), isBlock: true }; return { start: 0, end: 0 }; }
    return valueSpan(line, head.length, true);
  }

  #open(line: string): void {
    if (line.length > longestName) return;
    const [, blanks = '', name = '', block] = opening.exec(line) ?? [];
    if (name !== '' && opensSecret(name)) this.#below = { indent: blanks.length, isBlock: block !== undefined };
    const paired = pairName.exec(line)?.[1];
    this.#isPairOpen = paired !== undefined && opensSecret(paired);
  }
}

const indentOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0;
const moved = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

function merged(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last === undefined || span.start >= last.end) all.push(span);
    else if (span.end > last.end) all[all.length - 1] = { start: last.start, end: span.end };
  }
  return all;
}
