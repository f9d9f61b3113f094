// The shape of names: lower case, namespaces parted by dots, words by underscores.
import { wordsOf } from '../mask/index.ts';

/** https://opentelemetry.io/docs/specs/semconv/general/naming/ */
export const namingPage = 'https://opentelemetry.io/docs/specs/semconv/general/naming/';

const wellFormed = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*(?:\.[a-z0-9]+(?:_[a-z0-9]+)*)*$/;
/** Names after these prefixes end in what others named: a header, a label. */
const foreign = /^(?:http\.(?:request|response)\.header|k8s\.(?:pod|node|namespace|deployment|job)\.(?:label|annotation)|container\.label|db\.(?:query|operation)\.parameter|rpc\.(?:request|response)\.(?:header|metadata|trailer)|process\.environment_variable)\./;

export const isWellFormed = (name: string): boolean => wellFormed.test(name) || foreign.test(name);

/** The name as the rules would have it: dots stay, everything else that parts words becomes an underscore. Null when nothing is left of it. */
export function reformed(name: string): string | null {
  const parts = name.split('.').map((part) => wordsOf(part).join('_')).filter((part) => part !== '');
  const text = parts.join('.').replace(/^[^a-z]+/, '');
  return text === '' ? null : text;
}

/** A name for an event from its template: the first few words that say something, below the service. */
export function eventNameFrom(template: string, scope: string | undefined): string | null {
  const words = wordsOf(template.replaceAll(/<[^>]*>|\{[^}]*\}|\$\S+/g, ' ')).filter((word) => /^[a-z]{2,}$/.test(word) && !filler.has(word)).slice(0, 4);
  if (words.length === 0) return null;
  const prefix = scope === undefined ? '' : (wordsOf(scope.split(/[/\\]/).at(-1)!.split('.').at(-1)!).join('_') || '');
  return prefix === '' || prefix === words[0] || !/^[a-z]/.test(prefix) ? words.join('_') : `${prefix}.${words.join('_')}`;
}
const filler = new Set(['the', 'an', 'of', 'for', 'to', 'in', 'on', 'at', 'is', 'was', 'are', 'has', 'have', 'been', 'with', 'and', 'or', 'by', 'from', 'it', 'as', 'this', 'that', 'ms', 'info', 'debug', 'warn', 'warning', 'error', 'trace']);
