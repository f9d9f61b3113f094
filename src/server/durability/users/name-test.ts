// Which names a comparison of KQL with texts is about, whether it holds for them or rules them out.

export interface NameTest { readonly names: readonly string[]; readonly fits: ((name: string) => boolean) | null }

const isTermSign = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127;
/** A term is a run of letters and digits. `open`: which of its ends may lie within one. */
function hasTerm(name: string, term: string, open: { readonly before: boolean; readonly behind: boolean }): boolean {
  for (let at = name.indexOf(term); at >= 0; at = name.indexOf(term, at + 1)) {
    const cutBefore = open.before || at === 0 || !isTermSign(name.charCodeAt(at - 1));
    const cutBehind = open.behind || at + term.length === name.length || !isTermSign(name.charCodeAt(at + term.length));
    if (cutBefore && cutBehind) return true;
  }
  return false;
}

const whole = { before: false, behind: false };
const tests: Readonly<Record<string, (name: string, text: string) => boolean>> = {
  contains: (name, text) => name.includes(text), startswith: (name, text) => name.startsWith(text), endswith: (name, text) => name.endsWith(text),
  has: (name, text) => hasTerm(name, text, whole), hasprefix: (name, text) => hasTerm(name, text, { before: false, behind: true }), hassuffix: (name, text) => hasTerm(name, text, { before: true, behind: false }),
  '=~': (name, text) => name === text, 'in~': (name, text) => name === text, has_any: (name, text) => hasTerm(name, text, whole),
};

/** Null for what is no such comparison. A negation is about the same names. Regular expressions are not looked into. */
export function testOf(fn: string, texts: readonly string[]): NameTest | null {
  if (fn === '==' || fn === '!=' || fn === 'in' || fn === '!in') return { names: texts, fits: null };
  const plain = fn === '!~' ? '=~' : fn.replace(/^!/, '');
  const cased = plain.endsWith('_cs');
  const base = cased ? plain.slice(0, -3) : plain;
  if (base === 'has_all') return { names: [], fits: (name) => texts.every((text) => hasTerm(name.toLowerCase(), text.toLowerCase(), whole)) };
  const test = Object.hasOwn(tests, base) ? tests[base]! : null;
  if (test === null) return null;
  return { names: [], fits: (name) => texts.some((text) => (cased ? test(name, text) : test(name.toLowerCase(), text.toLowerCase()))) };
}
