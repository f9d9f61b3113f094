// The scalar operators by their KQL spelling, as they stand in a Plan, with how tightly they bind (for the printer) and a sentence each.

export interface ScalarOperator { readonly name: string; readonly precedence: number; readonly doc: string }

const text = (name: string, doc: string): readonly ScalarOperator[] => [{ name, precedence: 3, doc }, { name: `!${name}`, precedence: 3, doc: `Not: ${doc}` }];
const cased = (name: string, doc: string): readonly ScalarOperator[] => [...text(name, `${doc}, upper and lower case alike.`), ...text(`${name}_cs`, `${doc}, case-sensitive.`)];

export const binaryOperators: readonly ScalarOperator[] = [
  { name: 'or', precedence: 1, doc: 'True when one side is.' },
  { name: 'and', precedence: 2, doc: 'True when both sides are.' },
  { name: '==', precedence: 3, doc: 'Equal, case-sensitive. False when a side is missing.' },
  { name: '!=', precedence: 3, doc: 'Not equal. True when one side is missing.' },
  { name: '=~', precedence: 3, doc: 'Equal text, upper and lower case alike.' },
  { name: '!~', precedence: 3, doc: 'Not equal text, upper and lower case alike.' },
  { name: '<', precedence: 3, doc: 'Less than.' }, { name: '<=', precedence: 3, doc: 'Less than or equal.' },
  { name: '>', precedence: 3, doc: 'Greater than.' }, { name: '>=', precedence: 3, doc: 'Greater than or equal.' },
  ...cased('has', 'Holds the term (a whole run of letters and digits)'),
  ...cased('hasprefix', 'Holds a term that starts so'), ...cased('hassuffix', 'Holds a term that ends so'),
  ...cased('contains', 'Holds the text anywhere'), ...cased('startswith', 'Starts with the text'), ...cased('endswith', 'Ends with the text'),
  { name: 'matches regex', precedence: 3, doc: 'Matches an RE2 regular expression, in linear time.' },
  { name: '+', precedence: 4, doc: 'Sum.' }, { name: '-', precedence: 4, doc: 'Difference.' },
  { name: '*', precedence: 5, doc: 'Product.' }, { name: '/', precedence: 5, doc: 'Quotient; of integers it is an integer.' }, { name: '%', precedence: 5, doc: 'Remainder.' },
];

/** Operators with a list or a range on the right: args are [value, item…]. */
export const listOperators: readonly ScalarOperator[] = [
  { name: 'in', precedence: 3, doc: 'Equal to one of a list, case-sensitive.' }, { name: '!in', precedence: 3, doc: 'Equal to none of a list, case-sensitive.' },
  { name: 'in~', precedence: 3, doc: 'Equal to one of a list, upper and lower case alike.' }, { name: '!in~', precedence: 3, doc: 'Equal to none of a list, upper and lower case alike.' },
  { name: 'has_any', precedence: 3, doc: 'Holds one of the terms.' }, { name: 'has_all', precedence: 3, doc: 'Holds all of the terms.' },
  { name: 'between', precedence: 3, doc: 'In a range, both ends included: between (1 .. 5).' }, { name: '!between', precedence: 3, doc: 'Outside a range.' },
];

export const binaryByName: ReadonlyMap<string, ScalarOperator> = new Map(binaryOperators.map((operator) => [operator.name, operator]));
export const listByName: ReadonlyMap<string, ScalarOperator> = new Map(listOperators.map((operator) => [operator.name, operator]));
