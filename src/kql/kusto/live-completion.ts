// Completion from live records: attribute names with type, presence and examples, and the values that a known field takes.
import type { DetectorInfo, KqlCompletion, LiveField } from '../language.ts';
import { kqlName, kqlString } from '../literals.ts';
import { item, type Edit } from './completion.ts';
import { markdownCode } from './markdown-code.ts';

export interface Special { readonly items: readonly KqlCompletion[]; /** Nothing else makes sense here. */ readonly exclusive: boolean }

const maxExamples = 20;

/** `http.route`, type and how many records carry it; examples in the documentation. */
export function describeField({ type, presence, distinct, examples, column }: LiveField): { readonly detail: string; readonly documentation: string } {
  const share = presence >= 0.995 ? 'every record' : presence < 0.01 ? 'under 1 % of records' : `${Math.round(presence * 100)} % of records`;
  const values = examples.length === 0 ? '' : `\n\nFor example: ${examples.slice(0, 5).map(markdownCode).join(', ')}`;
  return { detail: `${type}, ${share}`, documentation: `A field of ${column} seen in live records, ${distinct} distinct ${distinct === 1 ? 'value' : 'values'}.${values}` };
}

/** Attributes where a column may stand: converted where the binder wants a scalar type, in summarize. */
export function attributeItems(before: string, edit: Edit, fields: readonly LiveField[]): readonly KqlCompletion[] {
  const operator = before.slice(before.lastIndexOf('|') + 1);
  const wrap = /^\s*summarize\b[\s\S]*\bby\b/.test(operator) ? 'group' : /^\s*summarize\b[\s\S]*\(\s*\w*$/.test(operator) ? 'value' : 'plain';
  const names = /^\s*project-(away|keep|rename)\b/.test(operator);
  return byPresence(fields).filter(({ column }) => column !== 'Record' && !(names && column === 'Resource')).map((field) => {
    const { detail, documentation } = describeField(field);
    const access = names ? kqlName(field.name) : `${field.column}[${kqlString(field.name)}]`;
    return item(edit, field.name, converted(access, field.type, wrap), 'attribute', detail, documentation);
  });
}

function converted(access: string, type: string, wrap: 'group' | 'value' | 'plain'): string {
  if (wrap === 'plain') return access;
  if (wrap === 'group') return `tostring(${access})`;
  return /int|long/.test(type) ? `tolong(${access})` : /real|double|float|number/.test(type) ? `toreal(${access})` : `tostring(${access})`;
}

const byPresence = (fields: readonly LiveField[]): readonly LiveField[] => fields.toSorted((a, b) => b.presence - a.presence || (a.name < b.name ? -1 : 1));

/** Behind `Attributes.`, `Attributes[` or `Attributes["ht`: the keys of that bag. Null elsewhere. */
export function bagKeyItems(before: string, offset: number, text: string, fields: readonly LiveField[]): Special | null {
  const match = /\b(Attributes|Resource|Agent)\s*(?:(\.)([\w]*)|\[\s*(?:["']([^"'\n]*))?)$/.exec(before);
  if (match === null) return null;
  const start = offset - match[0].length + match[1]!.length;
  const end = offset + (/^["']?\]?/.exec(text.slice(offset))?.[0].length ?? 0);
  const keys = byPresence(fields).filter(({ column }) => column === match[1]);
  return {
    exclusive: true,
    items: keys.map((field) => {
      const { detail, documentation } = describeField(field);
      const insert = match[2] === '.' && kqlName(field.name) === field.name ? `.${field.name}` : `[${kqlString(field.name)}]`;
      return item({ start, end: match[2] === '.' ? offset : end }, field.name, insert, 'attribute', detail, documentation);
    }),
  };
}

/** Behind `redact(`: the detectors, inside quotes or not. Null elsewhere. */
export function detectorItems(before: string, offset: number, text: string, detectors: readonly DetectorInfo[]): Special | null {
  const match = /\binvoke\s+redact\(\s*(?:dynamic\(\s*\[\s*(?:"[^"]*"\s*,\s*)*)?("[^"\n]*)?$/.exec(before);
  if (match === null || detectors.length === 0) return null;
  const opened = match[1];
  const edit = { start: offset - (opened?.length ?? 0), end: offset + (opened !== undefined && text[offset] === '"' ? 1 : 0) };
  const all = { name: '*', doc: 'Every detector.' };
  return { exclusive: true, items: [...detectors, all].map(({ name, doc }) => item(edit, name, kqlString(name), 'value', 'detector', doc)) };
}

const fieldPath = String.raw`(?:(?:tostring|tolong|toint|toreal|tolower|toupper)\(\s*)?(?:(Attributes|Resource|Agent)\s*(?:\[\s*["']([^"']+)["']\s*\]|\.(\w+))|(?:\['([^']+)'\])|(\w+))\s*\)?`;
const comparison = String.raw`\s*(?:==|!=|=~|!~|[<>]=?|!?(?:has|contains|startswith|endswith|hasprefix|hassuffix)(?:_cs)?|(?:!?in~?|has_any|has_all)\s*\((?:\s*(?:"[^"]*"|'[^']*'|[\w.]+)\s*,)*)\s*`;
/** Behind the comparison: nothing yet, an open string, or the beginning of a word or number. */
const begun = String.raw`(?:(@?)(["'])([^"'\n]*)|(-?[\w.]+)?)`;
const valuePlace = new RegExp(`(?<![\\w.])${fieldPath}${comparison}${begun}$`);

/** Behind a comparison of a known field: the values seen. Inside an open string nothing else is offered, and what replaces its text leaves the quotes alone. Null elsewhere. */
export function valueItems(before: string, offset: number, text: string, fields: readonly LiveField[]): Special | null {
  const match = valuePlace.exec(before);
  if (match === null) return insideString(before) ? { items: [], exclusive: true } : null;
  const [, bag, bracketed, dotted, quotedName, bare, at, quote, inside = '', word = ''] = match;
  const field = find(fields, bag, bracketed ?? dotted ?? quotedName ?? bare ?? '');
  const examples = (field?.examples ?? []).filter((example) => !example.includes('•')).slice(0, maxExamples);
  const offer = (edit: Edit, written: (example: string) => string): readonly KqlCompletion[] => examples.map((example) => item(edit, example, written(example), 'value', `value of ${field!.name}`, ''));
  if (quote === undefined) return { items: offer({ start: offset - word.length, end: offset }, (example) => valueText(field!, example)), exclusive: false };
  const rest = /^[\w.:/-]*(?=["'])/.exec(text.slice(offset))?.[0] ?? '';
  const closing = text[offset + rest.length] === quote ? '' : quote;
  return { items: offer({ start: offset - inside.length, end: offset + (closing === '' ? rest.length : 0) }, (example) => contents(example, quote as '"' | "'", at === '@') + closing), exclusive: true };
}

/** What stands between the quotes; a verbatim string knows no escape but the quote twice. */
const contents = (value: string, quote: '"' | "'", verbatim: boolean): string => (verbatim ? value.replaceAll(quote, quote + quote) : kqlString(value, quote).slice(1, -1));

function find(fields: readonly LiveField[], bag: string | undefined, name: string): LiveField | undefined {
  if (bag !== undefined) return fields.find((field) => field.column === bag && field.name === name);
  const resourceName = name === 'ServiceName' ? 'service.name' : '';
  return fields.find((field) => field.name === name && field.column !== 'Resource') ?? fields.find((field) => field.column === 'Resource' && field.name === resourceName);
}

/** Numbers and booleans as they are, all else quoted. */
function valueText(field: LiveField, value: string): string {
  return /int|long|real|double|float|number|bool/.test(field.type) && /^(-?\d+(\.\d+)?|true|false)$/.test(value) ? value : kqlString(value);
}

function insideString(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1).replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '');
  return /["']/.test(line);
}
