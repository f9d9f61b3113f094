// Which file a person means: its path, its URL, or the end of its path.
import { failure, ok, type Result } from '../../../../base/index.ts';
import { pathOf } from './process-files.ts';
import { type CodeFile, scriptKind } from './script-book.ts';

const mostNamed = 5;

/** Errors: `probe.file-ambiguous`, `probe.file-not-found`, `probe.runtime-code`; each names candidates. */
export function matchFile(asked: string, files: readonly CodeFile[]): Result<CodeFile> {
  if (scriptKind(asked) === 'runtime') return failure('probe.runtime-code', `${asked} is part of Node itself; probes do not go there.`, "Choose a line of the program that calls it, or a CPU sample for Node's own code.");
  const wanted = pathOf(asked) ?? asked.replace(/^\.\//, '');
  const own = files.filter(({ path }) => scriptKind(path) !== 'runtime');
  const exact = own.find(({ path, in: places }) => path === wanted || places.some(({ script, source }) => source === null && script.url === asked));
  if (exact !== undefined) return ok(exact);
  const ending = own.filter(({ path }) => path.endsWith(`/${wanted.replace(/^\/+/, '')}`));
  const mine = ending.filter(({ path }) => scriptKind(path) === 'own');
  const [first, second] = mine.length > 0 ? mine : ending;
  if (first === undefined) return failure('probe.file-not-found', `No file that runs in the process is ${asked}.${nearest(wanted, own)}`, 'Write the end of its path as the process knows it (src/hanoi.ts); a module that was not loaded yet is not there.');
  if (second !== undefined) return failure('probe.file-ambiguous', `${asked} is ${ending.length} files of the process: ${named(mine.length > 0 ? mine : ending)}.`, 'Write more of the path.');
  return ok(first);
}

const named = (files: readonly CodeFile[]): string => `${files.slice(0, mostNamed).map(({ path }) => path).join(', ')}${files.length > mostNamed ? ` and ${files.length - mostNamed} more` : ''}`;

function nearest(wanted: string, files: readonly CodeFile[]): string {
  const scored = files.map((file) => ({ file, score: likeness(nameOf(wanted), nameOf(file.path)) + (scriptKind(file.path) === 'own' ? 0.2 : 0) }))
    .filter(({ score }) => score > 0.4).sort((one, other) => other.score - one.score);
  return scored.length === 0 ? '' : ` Nearest: ${scored.slice(0, mostNamed).map(({ file }) => file.path).join(', ')}.`;
}

const nameOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.\w+$/, '').toLowerCase().slice(0, 100);

/** 0 to 1: the share of pairs of letters that both have. */
function likeness(one: string, other: string): number {
  const [left, right] = [pairs(one), pairs(other)];
  return left.size + right.size === 0 ? Number(one === other) : 2 * [...left].filter((pair) => right.has(pair)).length / (left.size + right.size);
}

const pairs = (text: string): Set<string> => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
