// Names against live records: a column or attribute that no record seen lately has, and that looks like one that they do have, is
// taken for a slip of the pen. The compiler cannot know; it reads an unknown name as an attribute.
import { kqlString, nearest, unquote, type Compiled, type KqlLanguage, type LiveField } from '../../../kql/index.ts';
import type { KqlDiagnostic } from '../../../model/index.ts';

/** The language with warnings of such names. `fields` is asked at each call; while nothing was seen nobody is warned. */
export function withLiveNames(kql: KqlLanguage, fields: () => readonly LiveField[]): KqlLanguage {
  return { ...kql, compile: (text, options) => {
    const compiled = kql.compile(text, options);
    return options.mode === 'targets' ? compiled : sharpened(compiled, text, fields());
  } };
}

function sharpened(compiled: Compiled, text: string, fields: readonly LiveField[]): Compiled {
  if (!fields.some(({ column }) => column !== 'Record')) return compiled;
  const diagnostics = [...compiled.diagnostics.map(each => each.code === 'weir/attribute' ? bareName(each, text, fields) : each), ...keysOf(text, fields)];
  return { ...compiled, diagnostics: diagnostics.toSorted((a, b) => a.start - b.start) };
}

const access = ({ column, name }: LiveField): string => (column === 'Record' ? name : `${column}[${kqlString(name)}]`);
const fixTo = (start: number, end: number, text: string) => ({ title: `Write ${text}`, edits: [{ start, end, text }] });

/** A bare name that the compiler read as an attribute. */
function bareName(found: KqlDiagnostic, text: string, fields: readonly LiveField[]): KqlDiagnostic {
  const { start, end, fixes = [] } = found;
  const name = unquote(text.slice(start, end).replace(/^\[\s*|\s*\]$/g, '')) ?? text.slice(start, end);
  if (fields.some((field) => field.name === name && field.column !== 'Record')) return found;
  const columnGuess = /^Did you mean (\w+)\?$/.exec(found.help ?? '')?.[1];
  const near = columnGuess ?? nearest(name, fields.map((field) => field.name));
  if (near === undefined) return { ...found, help: [found.help, 'No record seen lately has it.'].filter(Boolean).join(' ') };
  const field = fields.find((each) => each.name === near);
  const written = columnGuess ?? (field === undefined ? near : access(field));
  const first = fixTo(start, end, written);
  return { ...found, severity: 'warning', message: `${name} is no column, and no record seen lately has an attribute of that name.`, help: `Did you mean ${near}?`, fixes: [first, ...fixes.filter(({ edits }) => edits[0]?.text !== written)] };
}

/** Text and comments first, so that what they say is passed over. */
const keyed = /\/\/.*|(?<![\w.\]])(Attributes|Resource)\s*(?:\[\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')\s*\]|\.([A-Za-z_]\w*))|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

/** Keys of the two bags, as they are written. */
function keysOf(text: string, fields: readonly LiveField[]): readonly KqlDiagnostic[] {
  return [...text.matchAll(keyed)].flatMap((match): readonly KqlDiagnostic[] => {
    const [whole, bag, literal, dotted] = match;
    const key = literal === undefined ? dotted : unquote(literal);
    const keys = fields.filter(({ column }) => column === bag);
    if (bag === undefined || key === undefined || key === null || keys.length === 0 || keys.some(({ name }) => name === key)) return [];
    const near = nearest(key, keys.map(({ name }) => name));
    if (near === undefined) return [];
    const [start, end] = [match.index, match.index + whole.length];
    return [{ severity: 'warning', code: 'weir/live-name', message: `No record seen lately has ${whole}.`, help: `Did you mean ${near}?`, start, end, fixes: [fixTo(start, end, `${bag}[${kqlString(near)}]`)] }];
  });
}
