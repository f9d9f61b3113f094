// Comparison operators in words, with their KQL sign; which of them make sense for a type; and how a right side changes with the operator.
import { listItems, listText, rangeEnds, rangeText } from './values.ts';

export type Side = 'one' | 'list' | 'range' | 'none';
export interface Comparison { readonly sign: string; readonly words: string; readonly side: Side; readonly types: 'any' | 'text' | 'order' }

const make = (types: Comparison['types'], side: Side, entries: readonly (readonly [string, string])[]): readonly Comparison[] => entries.map(([sign, words]) => ({ sign, words, side, types }));

export const comparisons: readonly Comparison[] = [
  ...make('any', 'one', [['==', 'is'], ['!=', 'is not']]),
  ...make('order', 'one', [['>', 'is more than'], ['>=', 'is at least'], ['<', 'is less than'], ['<=', 'is at most']]),
  ...make('order', 'range', [['between', 'is between'], ['!between', 'is not between']]),
  ...make('text', 'one', [
    ['has', 'has the word'], ['!has', 'has not the word'], ['contains', 'contains'], ['!contains', 'does not contain'], ['startswith', 'starts with'], ['!startswith', 'does not start with'],
    ['endswith', 'ends with'], ['!endswith', 'does not end with'], ['=~', 'is, in any case'], ['!~', 'is not, in any case'], ['matches regex', 'matches a pattern'],
  ]),
  ...make('any', 'list', [['in', 'is one of'], ['!in', 'is none of']]),
  ...make('text', 'list', [['in~', 'is one of, in any case'], ['has_any', 'has any word of'], ['has_all', 'has all words of']]),
  ...make('text', 'none', [['isempty', 'is empty'], ['isnotempty', 'is not empty']]),
  ...make('any', 'none', [['isnull', 'is missing'], ['isnotnull', 'is there']]),
];

const ordered = new Set(['int', 'long', 'real', 'decimal', 'datetime', 'timespan']);

/** Those for a type, and `current` whatever it is. */
export function comparisonsFor(type: string, current: string): readonly Comparison[] {
  const fits = ({ types }: Comparison): boolean => types === 'any' || (types === 'text' ? !ordered.has(type) && type !== 'bool' : type !== 'string' && type !== 'bool');
  const known = comparisons.filter((each) => (fits(each) && !(type === 'string' && each.sign.startsWith('isn') && each.side === 'none' && each.sign !== 'isnotempty')) || each.sign === current);
  return known.some(({ sign }) => sign === current) ? known : [...known, { sign: current, words: `${current.replace(/_cs$/, '')}, case-sensitive`, side: sideOf(current), types: 'any' }];
}

export function sideOf(sign: string): Side {
  const known = comparisons.find((each) => each.sign === sign)?.side;
  return known ?? (/^!?in|has_(any|all)/.test(sign) ? 'list' : 'one');
}

/** The right side for another operator: what was typed stays where it can. */
export function adapted(right: string, from: string, to: string): string {
  const [before, after] = [sideOf(from), sideOf(to)];
  if (before === after) return right;
  const first = before === 'list' ? (listItems(right)?.[0] ?? '') : before === 'range' ? rangeEnds(right)[0] : right;
  switch (after) {
    case 'none': return '';
    case 'list': return listText(first === '' ? [] : [first]);
    case 'range': return rangeText(first, '');
    default: return first;
  }
}
