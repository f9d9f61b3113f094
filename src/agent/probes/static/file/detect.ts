// Which format a file has, by its first lines. Containers' files are what they are from the first line on; the others need all lines to agree.
import { jsonObject } from '../fields/json-line.ts';
import { logfmtFields } from '../fields/logfmt-line.ts';
import { ofCri, ofDocker, type FileFormat } from './unwrap.ts';

export const detectLines = 5;
const leastPairs = 2;

/** Null when there is no line to judge by. */
export function detectFormat(lines: readonly string[]): FileFormat | null {
  const told = lines.filter((line) => line.trim() !== '').slice(0, detectLines);
  if (told.length === 0) return null;
  if (told.every((line) => ofCri(line) !== null)) return 'cri';
  if (told.every((line) => ofDocker(line) !== null)) return 'docker';
  if (told.every((line) => jsonObject(line) !== null)) return 'json';
  return told.every((line) => logfmtFields(line, leastPairs) !== null) ? 'logfmt' : 'plain';
}
