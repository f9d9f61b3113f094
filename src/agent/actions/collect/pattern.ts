// Globs of files, level by level. What `{cwd}` stands for is a folder and no pattern, whatever characters its name has: a process chooses where it runs.
import { dirname, join, matchesGlob, normalize } from 'node:path';

/** A folder by its name, and what is matched below it, a level each. */
export interface Pattern { readonly folder: string; readonly levels: readonly string[]; /** All of it, where no level is a pattern. */ readonly path: string }

const mostAlternatives = 64;
/** Extended globs and ranges in braces become backtracking, or a thousand patterns: nobody needs them to name files. */
const isCostly = (text: string): boolean => /[?*+@!]\(|\{[^{},]*\.\./.test(text) || text.split('/').some((level) => level !== '**' && level.split('*').length > 5);
const isPlain = (level: string): boolean => !/[*?[\]{}()!+@]/.test(level);

/** One for each alternative of its braces; none when it has too many, or needs a folder that is not known. */
export function compiled(text: string, cwd: string | null): Pattern[] {
  const [folder, rest] = text.startsWith('{cwd}') ? [cwd, text.slice(5)] : text.startsWith('/') ? ['/', text] : [cwd, text];
  if (folder === null || isCostly(text)) return [];
  return alternatives(rest).map((one) => below(folder, one));
}

export const isLiteral = ({ levels }: Pattern): boolean => levels.every(isPlain);

export function matches({ folder, levels }: Pattern, path: string): boolean {
  const base = folder === '/' ? '/' : `${folder}/`;
  return path.startsWith(base) && levels.length > 0 && matchesGlob(path.slice(base.length), levels.join('/'));
}

/** `..` leaves the folder before anything is matched. */
function below(folder: string, rest: string): Pattern {
  let [base, levels] = [folder, normalize(`./${rest}`).split('/').filter((level) => level !== '' && level !== '.')];
  for (; levels[0] === '..'; levels = levels.slice(1)) base = dirname(base);
  const plain = levels.findIndex((level) => !isPlain(level));
  const fixed = plain < 0 ? Math.max(0, levels.length - 1) : plain;
  return { folder: join(base, ...levels.slice(0, fixed)), levels: levels.slice(fixed), path: join(base, ...levels) };
}

/** `a{b,c/d}` is `ab` and `ac/d`: alternatives may have levels of their own. */
function alternatives(text: string): string[] {
  const [done, open] = [[] as string[], [text]];
  while (open.length > 0) {
    const one = open.pop() ?? '';
    const [all, inner = ''] = /\{([^{}]*,[^{}]*)\}/.exec(one) ?? [];
    if (all === undefined) { done.push(one); continue; }
    for (const choice of inner.split(',')) open.push(one.replace(all, () => choice));
    if (done.length + open.length > mostAlternatives) return [];
  }
  return done;
}
