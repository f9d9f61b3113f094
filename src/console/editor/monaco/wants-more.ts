// Whether something must follow what was just taken from the list: then the next list opens by itself, as it does behind typed text.
import type { KqlCompletion } from '../../workers/kql/index.ts';

/** `where `, `invoke `, `== `, `in (`, `tostring(`: the caret stands where a name, a value or an operator is due. Places of a template come first. */
export function wantsMore({ insertText, cursor, template }: Pick<KqlCompletion, 'insertText' | 'cursor' | 'template'>): boolean {
  const before = insertText.slice(0, cursor);
  return template === undefined && (/[\s([|]$/.test(before) || (cursor < insertText.length && /["']$/.test(before)));
}
