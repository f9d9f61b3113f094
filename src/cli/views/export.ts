// `weir views export -d DIR`: every saved view as a YAML file called after it, for git.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { viewFileName } from '../../model/index.ts';
import { CommandFailure } from '../failure.ts';
import { connect, type ServerOptions } from '../rules/server-client.ts';
import { counted } from '../rules/words.ts';

export interface ExportViewsOptions extends ServerOptions { readonly directory: string; /** Only these; every view when left out. */ readonly name?: readonly string[] }

/** A file that holds the same already is not written again. Exit code 2 when the server or the folder cannot be used. */
export async function exportViewsCommand(options: ExportViewsOptions): Promise<void> {
  const server = connect(options, process.env);
  const files = chosen(viewFiles(await server.views()), options.name);
  await mkdir(options.directory, { recursive: true }).catch(cannotWrite(options.directory));
  let written = 0;
  for (const [name, text] of files) {
    const path = join(options.directory, name);
    if (await readFile(path, 'utf8').catch(() => null) === text) continue;
    await writeFile(path, text).catch(cannotWrite(path));
    process.stdout.write(`${path}\n`);
    written++;
  }
  process.stdout.write(`${counted(files.size, 'view')} ${options.name === undefined ? 'on' : 'of'} ${server.url}, ${written === 0 ? 'every file was up to date' : `${counted(written, 'file')} written`}.\n`);
}

const nameOf = (text: string): string => (parse(text) as { readonly name: string }).name;

/** Each by the file name that it has among all. */
function chosen(files: ReadonlyMap<string, string>, names: readonly string[] | undefined): ReadonlyMap<string, string> {
  if (names === undefined) return files;
  const known = new Map([...files].map((file) => [nameOf(file[1]), file]));
  return new Map(names.map((name) => {
    const file = known.get(name);
    if (file === undefined) throw new CommandFailure({ code: 'cli.no-views', message: `The server has no saved view called ${name}.`, help: known.size === 0 ? 'It has none.' : `It has: ${[...known.keys()].join(', ')}.` });
    return file;
  }));
}

/** By file name. Views whose names differ only in what a file name cannot hold are numbered, in the order of their names. */
export function viewFiles(stream: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const text of stream.split(/^---\n/m).filter((part) => part.trim() !== '')) {
    const base = viewFileName(nameOf(text));
    let name = `${base}.yaml`;
    for (let i = 2; files.has(name); i++) name = `${base}-${i}.yaml`;
    files.set(name, text);
  }
  return files;
}

const cannotWrite = (path: string) => (problem: unknown): never => { throw new CommandFailure({ code: 'cli.cannot-write', message: `Cannot write ${path}: ${(problem as Error).message}.` }); };
