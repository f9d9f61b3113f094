// `weir views import -d DIR`: brings a server's saved views to what the files say. Shows a plan, asks, does it; a second run finds nothing to do.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { ViewStep } from '../../model/index.ts';
import { cannotRead } from '../commands/input.ts';
import { CommandFailure } from '../failure.ts';
import { connect, type ServerOptions } from '../rules/server-client.ts';
import { counted } from '../rules/words.ts';

export interface ImportViewsOptions extends ServerOptions { readonly directory: string; readonly dryRun?: boolean; readonly yes?: boolean }
interface ViewText { readonly name: string; readonly text: string }

const say = (text: string): void => { process.stdout.write(`${text}\n`); };

/** Exit code 0: done, or nothing to do; 1: a file is wrong, or nobody agreed; 2: no answer, no token, no files, or nobody to ask. */
export async function importViewsCommand(options: ImportViewsOptions): Promise<void> {
  const server = connect(options, process.env);
  const files = await viewTexts(options.directory);
  const { steps } = await server.importViews(files, true).catch(refusedFiles) ?? { steps: null };
  if (steps === null) { process.exitCode = 1; return; }
  if (steps.every(({ action }) => action === 'same')) { say(`Nothing to do: ${counted(steps.length, 'view')} on ${server.url} ${steps.length === 1 ? 'is as its file says' : 'are as the files say'}.`); return; }
  say(`${server.url}\n${steps.flatMap(stepLines).join('\n')}`);
  if (options.dryRun === true) { say('Nothing was imported: --dry-run.'); return; }
  if (options.yes !== true && !await agreed()) { say('Nothing was imported.'); process.exitCode = 1; return; }
  const done = await server.importViews(files, false);
  say(`${counted(done.steps.filter(({ action }) => action !== 'same').length, 'view')} imported.`);
}

const signs = { create: '+', change: '~', same: ' ' } as const;
/** What is overwritten stands above what comes in its place. */
const stepLines = ({ name, action, fields, changes = [] }: ViewStep): string[] => [
  `  ${signs[action]} ${name}  ${action === 'same' ? 'unchanged' : action}${fields.length > 0 ? ` ${fields.join(', ')}` : ''}`, ...changes.flatMap(({ before, after }) => [...marked('-', before), ...marked('+', after)]),
];
const marked = (sign: string, text: string): string[] => (text === '' ? [] : text.replace(/\n+$/, '').split('\n').map((line) => `      ${sign} ${line}`));

/** What is wrong with the files is no failure of the command. */
function refusedFiles(failed: unknown): null {
  if (!(failed instanceof CommandFailure) || !['view.file', 'rule.does-not-compile', 'view.too-many', 'rule.too-costly'].includes(failed.failure.code)) throw failed;
  process.stderr.write(`${failed.failure.message}\n`);
  return null;
}

async function viewTexts(directory: string): Promise<readonly ViewText[]> {
  const names = (await readdir(directory, { recursive: true }).catch((failed: unknown) => { throw cannotRead(directory, failed); })).filter((name) => /\.ya?ml$/i.test(name) && !/(^|[\\/])(\.|node_modules[\\/])/.test(name)).sort();
  if (names.length === 0) throw new CommandFailure({ code: 'cli.no-views', message: `${directory} holds no file of a view.`, help: 'Such files end in .yaml or .yml; weir views export writes them.' });
  const files: ViewText[] = [];
  for (const name of names) files.push({ name, text: await readFile(join(directory, name), 'utf8').catch((failed: unknown) => { throw cannotRead(join(directory, name), failed); }) });
  return files;
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CommandFailure({ code: 'cli.nobody-to-ask', message: 'Nothing was imported: nobody can be asked, for the input is no terminal.', help: 'Add --yes to carry out this plan, or --dry-run to only see it.' });
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try { return /^y(es)?$/i.test((await lines.question('Import these? [y/N] ')).trim()); } finally { lines.close(); }
}
