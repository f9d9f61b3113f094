// What a form offers where a field may stand: the columns before the block, and attributes seen in live records, with what they hold.
import { kqlName, kqlString, type BlockColumn, type LiveField } from '../../../../kql/index.ts';

/** Where it will stand decides how an attribute is written: compared, grouped by, computed with, or only named. */
export type FieldUse = 'compare' | 'group' | 'number' | 'name';

export interface FieldChoice {
  /** As KQL. */
  readonly kql: string;
  readonly label: string;
  readonly type: string;
  /** "string, 98 % of records: /cart, /search". */
  readonly detail: string;
  /** Values that can be compared with: those that were masked cannot. */
  readonly examples: readonly string[];
  /** What it stands under in a list: seen in records now, or only known. */
  readonly group: string;
}

const seenNow = 'In the records now', known = 'Columns that every record can have';

/** @param event that the conditions beside it ask for: what is called like it comes first, then the commonest. */
export function fieldChoices(columns: readonly BlockColumn[], live: readonly LiveField[], use: FieldUse, event = ''): readonly FieldChoice[] {
  const words = wordsIn(event);
  const shared = ({ name }: LiveField): number => wordsIn(name).filter((word) => words.includes(word)).length;
  const has = (bag: string): boolean => columns.some(({ name }) => name === bag);
  const attributes = live.filter(({ column }) => column !== 'Record' && has(column) && (use !== 'name' || column === 'Attributes')).toSorted((a, b) => shared(b) - shared(a) || b.presence - a.presence || (a.name < b.name ? -1 : 1));
  const choices = [...columns.map((column) => columnChoice(column, live, use)), ...attributes.map((field) => attributeChoice(field, use))];
  // Without a record nothing is known to be rarer than the rest.
  return live.length === 0 ? choices.map((choice) => ({ ...choice, group: '' })) : choices.toSorted((a, b) => rank(a) - rank(b));
}

/** `QueueDepth` and `queue.depth` are of the same words. */
const wordsIn = (name: string): readonly string[] => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 2);

/** What tells events apart, then what the records carry by themselves, then columns that were seen, then what their source says, then the rest. */
function rank({ group, label, kql }: FieldChoice): number {
  if (group !== seenNow) return 4;
  if (telling.has(label)) return 0;
  return kql.includes('Resource[') ? 3 : kql === label ? 2 : 1;
}
const telling = new Set(['EventName', 'Name', 'MetricName']);

/** The choice that a KQL text means, however an attribute is spelled there. */
export function choiceOf(kql: string, choices: readonly FieldChoice[]): FieldChoice | null {
  const plain = bare(kql);
  return choices.find((choice) => choice.kql === kql) ?? choices.find((choice) => bare(choice.kql) === plain) ?? null;
}

/** `tostring(Attributes["a"])`, `Attributes.a` and `Attributes['a']` are one field. */
function bare(kql: string): string {
  const inside = /^to(?:string|long|int|real|bool|lower)\((.*)\)$/.exec(kql)?.[1] ?? kql;
  return inside.replace(/^(Attributes|Resource)(?:\.(\w+)|\[\s*'([^']*)'\s*\])$/, (_, bag: string, dotted?: string, quoted?: string) => `${bag}["${dotted ?? quoted ?? ''}"]`);
}

/** ServiceName comes from the resource; its values are seen there. */
const seenAs: Readonly<Record<string, string>> = { ServiceName: 'service.name' };

/** A dynamic column is converted where the binder wants a scalar: to group by, to compute with. */
function columnChoice({ name, type }: BlockColumn, live: readonly LiveField[], use: FieldUse): FieldChoice {
  const field = live.find((each) => each.column === 'Record' && each.name === name) ?? live.find((each) => each.column === 'Resource' && each.name === seenAs[name]);
  const kql = type === 'dynamic' && (use === 'group' || use === 'number') ? converted(kqlName(name), 'real', use) : kqlName(name);
  return { kql, label: name, type, detail: described(type, field), examples: usable(field), group: field === undefined ? known : seenNow };
}

function attributeChoice(field: LiveField, use: FieldUse): FieldChoice {
  const access = use === 'name' ? kqlName(field.name) : `${field.column}[${kqlString(field.name)}]`;
  const type = kqlTypeOf(field.type);
  return { kql: converted(access, type, use), label: field.name, type, detail: described(type, field), examples: usable(field), group: seenNow };
}

function converted(access: string, type: string, use: FieldUse): string {
  if (use === 'name') return access;
  if (use === 'group') return `tostring(${access})`;
  if (use === 'number') return type === 'long' ? `tolong(${access})` : `toreal(${access})`;
  return `${{ long: 'tolong', real: 'toreal', bool: 'tobool' }[type] ?? 'tostring'}(${access})`;
}

function kqlTypeOf(seen: string): string {
  if (/int|long/.test(seen)) return 'long';
  if (/real|double|float|number/.test(seen)) return 'real';
  return /bool/.test(seen) ? 'bool' : 'string';
}

function described(type: string, field: LiveField | undefined): string {
  if (field === undefined) return type;
  const share = field.presence >= 0.995 ? 'in every record' : field.presence < 0.01 ? 'in under 1 %' : `in ${Math.round(field.presence * 100)} %`;
  const values = field.examples.slice(0, 3).join(', ');
  return `${type}, ${share}${values === '' ? '' : `: ${values}`}`;
}

const usable = (field: LiveField | undefined): readonly string[] => (field?.examples ?? []).filter((example) => !example.includes('•'));
