// Which files of a process somebody may mean who asked for one that it does not run. Pure.
import type { ProcessScripts } from '../../../../model/index.ts';
import { fileName } from '../words.ts';

type File = ProcessScripts['files'][number];
const mostShown = 8;

/** Of the same name first, wherever they lie; then the program's own, those that share words of the path before the others. */
export function nearFiles(files: readonly File[], asked: string): readonly File[] {
  const [name, parts] = [fileName(asked).toLowerCase(), wordsOf(asked)];
  const ranked = files.map((file) => ({ file, rank: (fileName(file.path).toLowerCase() === name ? 100 : 0) + (file.kind === 'own' ? 50 : 0) + [...wordsOf(file.path)].filter(word => parts.has(word)).length }));
  return ranked.filter(({ rank }) => rank >= 50).toSorted((a, b) => b.rank - a.rank || (a.file.path < b.file.path ? -1 : 1)).slice(0, mostShown).map(({ file }) => file);
}

const wordsOf = (path: string): ReadonlySet<string> => new Set(path.toLowerCase().split(/[^a-z0-9]+/).filter(word => word.length > 2));
