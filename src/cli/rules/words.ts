// What several of the rule commands say.
import type { CheckedFile } from './rule-files.ts';

export const counted = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

/** A sentence for each name that more than one file uses. */
export function sameNames(files: readonly CheckedFile[]): readonly string[] {
  const byName = Map.groupBy(files.filter(({ document }) => document !== null), ({ document }) => document!.name);
  return [...byName].filter(([, same]) => same.length > 1).map(([name, same]) => `${same.map(({ path }) => path).join(' and ')} are both called ${name}; names are unique.`);
}

export const indentedBy = (text: string, spaces: number): string => text.split('\n').map((line) => ' '.repeat(spaces) + line).join('\n');
