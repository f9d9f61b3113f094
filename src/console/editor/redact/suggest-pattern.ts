// A pattern from one example: a public prefix stays to the letter (`ghp_`, `order-id:`), every other run of characters becomes
// its class with its length. The example itself, which may be a secret, is not in the pattern.

/** Longer examples make patterns that nobody reads. */
export const longestExample = 200;
/** Words in front that may stay: short, of letters only, and followed by one of these. */
const prefixWord = /^[A-Za-z]{1,8}[_:=-]/;
/** So much must be left behind the prefix, so that what stays is no name. */
const leastBehind = 6;

/** RE2 syntax. Null when there is nothing to go by: an empty text, or one of more than `longestExample` characters. Linear. */
export function suggestPattern(example: string): string | null {
  const text = example.trim();
  if (text === '' || text.length > longestExample) return null;
  const prefix = publicPrefix(text);
  const runs = [...text.slice(prefix.length).matchAll(/[A-Za-z0-9]+|\s+|./gsu)].map(([run]) => run);
  return `${edge(text, 0)}${escaped(prefix)}${runs.map(classOf).join('')}${edge(text, text.length - 1)}`;
}

function publicPrefix(text: string): string {
  let prefix = '';
  for (let word = prefixWord.exec(text); word !== null; word = prefixWord.exec(text.slice(prefix.length))) {
    const next = prefix + word[0];
    if (text.length - next.length < leastBehind) break;
    prefix = next;
  }
  // Words alone, such as a double name, say nothing public.
  return /\d/.test(text.slice(prefix.length)) || text.length - prefix.length >= 2 * leastBehind ? prefix : '';
}

/** Only between a word and something else is there an edge. */
const edge = (text: string, at: number): string => (/\w/.test(text.charAt(at)) ? '\\b' : '');

function classOf(run: string): string {
  if (/^\s+$/u.test(run)) return '\\s+';
  if (/^[A-Za-z0-9]/.test(run)) return `[${letters(run)}]${times(run.length)}`;
  return /^\p{L}$/u.test(run) ? '\\p{L}' : escaped(run);
}

/** Hex needs both digits and letters: `cafe` is a word, and `2024` a number. */
function letters(run: string): string {
  if (/^\d+$/.test(run)) return '0-9';
  if (run.length >= 4 && /\d/.test(run) && /^[0-9a-f]+$/.test(run)) return '0-9a-f';
  if (run.length >= 4 && /\d/.test(run) && /^[0-9A-F]+$/.test(run)) return '0-9A-F';
  return [/[A-Z]/.test(run) ? 'A-Z' : '', /[a-z]/.test(run) ? 'a-z' : '', /\d/.test(run) ? '0-9' : ''].join('');
}

const times = (length: number): string => (length === 1 ? '' : `{${length}}`);
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
