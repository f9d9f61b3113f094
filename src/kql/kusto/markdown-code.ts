// Text of others as code in Markdown. What telemetry says (names of attributes, their values) is written by anybody: in a hover it
// must stay text, and never become a link or a heading. CommonMark 0.31, 6.1 code spans and 4.5 fenced code blocks.

/** A code span. Its fence is longer than any run of backticks inside, and line breaks and control characters are spaces. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  const fence = fenceFor(line, 1);
  // A backtick at an edge would lengthen the fence; one space at each edge is taken off again, and so is added where there is one.
  const apart = /^[` ]|[` ]$|^$/.test(line) ? ' ' : '';
  return fence + apart + line + apart + fence;
}

/** A block of KQL of one line. */
export function markdownKql(text: string): string {
  const line = oneLine(text);
  const fence = fenceFor(line, 3);
  return `${fence}kql\n${line}\n${fence}`;
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const fenceFor = (text: string, least: number): string => '`'.repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
