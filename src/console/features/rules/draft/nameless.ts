// A rule without a name yet is read as if it had one: only saving needs a name, so checks, dry runs, tests and risk do not wait for it.
import { ruleNameFor } from './rule-name.ts';

export interface NamedText {
  /** With a name; the text itself when it had one. */
  readonly text: string;
  /** A place of `text` as a place of the text that was given. */
  readonly back: (offset: number) => number;
}

/** The line of the name with nothing in it; what stands for nothing is the second part. */
const blank = /^(name:[ \t]*)(""|'')?(?=[ \t]*(?:#.*)?\r?$)/m;

export function named(text: string): NamedText {
  const found = blank.exec(text);
  const missing = found === null && !/^["']?name["']?[ \t]*:/m.test(text) && /^(?:kind|kql|states|entries|javascript)[ \t]*:/m.test(text);
  if (found === null && !missing) return { text, back: (offset) => offset };
  const start = found === null ? 0 : found.index + found[1]!.length;
  const taken = found?.[2]?.length ?? 0;
  const name = ruleNameFor(text) ?? 'not-named-yet';
  const put = found === null ? `name: ${name}\n` : /\s$/.test(found[1]!) ? name : ` ${name}`;
  const more = put.length - taken;
  return { text: text.slice(0, start) + put + text.slice(start + taken), back: (offset) => (offset <= start ? offset : Math.max(start, offset - more)) };
}
