// parse kind=regex: the whole pattern as one RE2 expression. A string column is `(.*)`, greedy unless the flag U says otherwise;
// a gap is as short as may be; number columns match their own form.
import type { ParsePart } from '../../kql/index.ts';
import { CompileError, regexOrFail } from '../expr/index.ts';
import { parsedColumns, type Parser } from './parse.ts';
import { readTyped, typeForms } from './typed-text.ts';

const numberTypes: ReadonlySet<string> = new Set(['int', 'long', 'real', 'decimal']);
const groupName = (index: number): string => `weir${index}`;

export function compileRegexParse(parts: readonly ParsePart[], flags: string): Parser {
  if (!/^[imsU]*$/.test(flags)) throw new CompileError(`parse does not know the flags "${flags}".`, 'Of i (no case), m (many lines), s (. matches a new line) and U (as short as may be).');
  for (const part of parts) if (part.part === 'text') checkAlone(part.text);
  const regex = regexOrFail(`${flags === '' ? '' : `(?${[...new Set(flags)].join('')})`}\\A${bodyOf(parts, flags.includes('U'))}\\z`);
  const columns = parsedColumns(parts).map(({ type }, i) => ({ name: groupName(i), read: readTyped(type) }));
  return (text) => {
    const matcher = regex.matcher(text);
    if (matcher === null || !matcher.find()) return null;
    const values = columns.map(({ name, read }) => read(matcher.group(name) ?? ''));
    return values.includes(null) ? null : values;
  };
}

/** Each text must be an expression of its own, lest a bracket or a quotation (\Q) in it swallow the columns behind it. */
function checkAlone(text: string): void {
  regexOrFail(text);
  if (text.lastIndexOf('\\Q') > text.lastIndexOf('\\E')) throw new CompileError(`The text "${text}" opens a quotation that it does not close.`, 'Write \\E behind what \\Q quotes.');
}

function bodyOf(parts: readonly ParsePart[], ungreedy: boolean): string {
  let columns = 0;
  return parts.map((part) => {
    if (part.part === 'text') return `(?:${part.text})`;
    if (part.part === 'skip') return ungreedy ? '.*' : '.*?';
    return `(?P<${groupName(columns++)}>${numberTypes.has(part.type) ? typeForms[part.type] : '.*'})`;
  }).join('');
}
