// `weir rules export -d DIR`: the latest version of every rule as NAME.yaml, byte for byte as it was written, for git.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printRule } from '../../rules/index.ts';
import { CommandFailure } from '../failure.ts';
import { connect, type ServerOptions } from './server-client.ts';
import { counted } from './words.ts';

export interface ExportOptions extends ServerOptions { readonly directory: string; readonly canonical?: boolean }

/** A file that holds the same already is not written again. Exit code 2 when the server or the folder cannot be used. */
export async function exportCommand(options: ExportOptions): Promise<void> {
  const server = connect(options, process.env);
  const rules = await server.rules();
  await mkdir(options.directory, { recursive: true }).catch(cannotWrite(options.directory));
  let written = 0;
  for (const { id } of rules.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name, document, versions } = await server.rule(id);
    const text = options.canonical === true || versions[0] === undefined ? printRule(document) : versions[0].text;
    const path = join(options.directory, `${name}.yaml`);
    if (await readFile(path, 'utf8').catch(() => null) === text) continue;
    await writeFile(path, text).catch(cannotWrite(path));
    process.stdout.write(`${path}\n`);
    written++;
  }
  process.stdout.write(`${counted(rules.length, 'rule')} on ${server.url}, ${written === 0 ? 'every file was up to date' : `${counted(written, 'file')} written`}.\n`);
}

const cannotWrite = (path: string) => (problem: unknown): never => { throw new CommandFailure({ code: 'cli.cannot-write', message: `Cannot write ${path}: ${(problem as Error).message}.` }); };
