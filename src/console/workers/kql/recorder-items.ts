// Completion inside `record("…")`: the flight recorders that exist, which only the page knows. Pure.
import { kqlString, type KqlCompletion } from '../../../kql/index.ts';

const inRecord = /\binvoke\s+record\(\s*("[^"\n]*)?$/;

/** The recorders, whole with their quotes; null where no name of one is being written, or none is known. */
export function recorderItems(text: string, offset: number, names: readonly string[]): readonly KqlCompletion[] | null {
  const match = inRecord.exec(text.slice(Math.max(0, offset - 200), offset));
  if (match === null || names.length === 0) return null;
  const opened = match[1];
  const start = offset - (opened?.length ?? 0);
  const end = offset + (opened === undefined ? 0 : /^[^"\n)]*"?/.exec(text.slice(offset))?.[0].length ?? 0);
  return names.map(name => ({ label: name, insertText: kqlString(name), kind: 'value', detail: 'flight recorder', documentation: '', start, end, cursor: kqlString(name).length }));
}
