// `weir probe list | symbols | templates`: where a probe can go, one JSON document a line.
import { resolveTarget } from '../../agent/processes/index.ts';
import type { AgentProcess, ActionProblem } from '../../model/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { printLines } from './output.ts';
import { mayRun } from './probe.ts';
import { probesHere, type ProbesHere } from './probes-here.ts';

/** Ctrl-C ends the program. */
const unended = new AbortController().signal;

interface Asked { readonly pid?: string; readonly match?: string }

export async function listFiles(options: Asked & { readonly all?: boolean }): Promise<void> {
  await within(async (here) => {
    const process = await processOf(here, options);
    if (process === null) throw new CommandFailure({ code: 'cli.no-target', message: 'Nothing says which process is meant.', help: 'Name it with --pid or --match.' });
    // It opens the inspector of the process, as a probe does.
    await mayRun(here, 'logpoint');
    const { files, more, problem } = await here.looks.scripts(process, unended);
    const shown = options.all === true ? files : files.filter(({ kind }) => kind === 'own');
    await print(shown.map(({ path, generated, kind }) => ({ path, ...(generated === null ? {} : { generated }), kind })), more, problem);
  });
}

export async function listSymbols(text: string, options: Asked & { readonly bin?: string }): Promise<void> {
  await within(async (here) => {
    const process = await processOf(here, options);
    if (process === null && options.bin === undefined) throw new CommandFailure({ code: 'cli.no-target', message: 'Nothing says where to search.', help: 'Name a binary with --bin, or a process with --pid.' });
    const { symbols, usdt, more, problem } = await here.looks.symbols(process, options.bin ?? null, text, unended);
    await print([...symbols, ...usdt.map((one) => ({ ...one, kind: 'usdt' }))], more, problem);
  });
}

export async function listTemplates(): Promise<void> {
  await within(async ({ looks }) => { await print(looks.templates, 0, null); });
}

async function within(work: (here: ProbesHere) => Promise<void>): Promise<void> {
  const here = await probesHere();
  try { await work(here); } finally { await here.close(); }
}

async function processOf({ processes }: ProbesHere, { pid, match }: Asked): Promise<AgentProcess | null> {
  if (pid === undefined && match === undefined) return null;
  return unwrap(await resolveTarget(processes, { ...(pid === undefined ? {} : { pid: Number(pid) }), ...(match === undefined ? {} : { match }) }));
}

/** Something found is told even where something else could not be read. */
async function print(found: readonly object[], more: number, problem: ActionProblem | null): Promise<void> {
  await printLines(found.map((one) => JSON.stringify(one)));
  if (problem !== null && found.length === 0) throw new CommandFailure(problem.help === undefined ? { code: problem.code, message: problem.message } : { code: problem.code, message: problem.message, help: problem.help });
  if (problem !== null) process.stderr.write(`weir: ${problem.message}\n`);
  if (more > 0) process.stderr.write(`weir: and ${more} more.\n`);
}
