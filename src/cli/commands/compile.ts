// KQL on the command line: Microsoft's parser in this process, diagnostics as a caret under the text.
import type { KqlLanguage, Plan } from '../../kql/index.ts';
import type { KqlDiagnostic } from '../../model/index.ts';
import { loadKqlLanguage } from '../../server/index.ts';
import { CommandFailure } from '../failure.ts';

type Options = Parameters<KqlLanguage['compile']>[1];

/** The Plan of `text`; fails with every error pointed at. `name` says where the text is from. */
export async function compileOrFail(name: string, text: string, options: Options): Promise<Plan> {
  const { plan, diagnostics } = (await loadKqlLanguage()).compile(text, options);
  if (plan !== null) return plan;
  const errors = diagnostics.filter((one) => one.severity === 'error');
  throw new CommandFailure({ code: 'kql.invalid', message: `${name} is not valid KQL.\n\n${errors.map((one) => pointAt(text, one)).join('\n\n')}` });
}

/** The line that the diagnostic starts in, a caret under the place, and what is wrong with it. */
function pointAt(text: string, { start, end, message, help }: KqlDiagnostic): string {
  // lastIndexOf reads a negative position as 0, where a line break may be.
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
  const line = text.slice(lineStart, lineEnd);
  const number = text.slice(0, lineStart).split('\n').length;
  const width = Math.max(1, Math.min(end, lineEnd) - start);
  return `${String(number).padStart(4)} | ${line}\n     | ${' '.repeat(start - lineStart)}${'^'.repeat(width)}\n       ${message}${help ? `\n       ${help}` : ''}`;
}
