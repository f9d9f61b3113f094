// Problems of a text for the terminal: where, the line with carets under the place, what is wrong, what to do.
import type { KqlDiagnostic } from '../../model/index.ts';

export interface Position { readonly line: number; readonly column: number }

/** Both count from 1; columns are UTF-16 units, as editors count them. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** `rule.yaml:7:3: error: …` with the line below it. `\n` between lines, none at the end. */
export function showProblem(path: string, text: string, problem: KqlDiagnostic): string {
  const { line, column } = positionOf(text, problem.start);
  const head = `${path}:${line}:${column}: ${problem.severity}: ${problem.message}`;
  return [head, ...pointAt(text, problem), ...(problem.help === undefined ? [] : [`       ${problem.help}`])].join('\n');
}

const maxWidth = 160;

/** The line that the place starts in and carets under it; nothing for an empty text. Long lines are cut around the place. */
function pointAt(text: string, { start, end }: KqlDiagnostic): readonly string[] {
  if (text === '') return [];
  const { line, column } = positionOf(text, start);
  const whole = (text.split('\n')[line - 1] ?? '').replace(/\r$/, '').replaceAll('\t', ' ');
  const from = column > maxWidth ? column - 40 : 0;
  const shown = whole.slice(from, from + maxWidth);
  const width = Math.max(1, Math.min(end - start, shown.length - (column - 1 - from)));
  return [`${String(line).padStart(4)} | ${shown}`, `     | ${' '.repeat(column - 1 - from)}${'^'.repeat(width)}`];
}
