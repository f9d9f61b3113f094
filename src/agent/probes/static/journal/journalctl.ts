// journalctl as a child process: its arguments, its last words, its end.
import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ActionProblem, JournaldSpec } from '../../../../model/index.ts';
import { wait } from '../wait.ts';

/** Where to go on: after an entry, or from a time when there was no entry yet. */
export type JournalPosition = { readonly cursor: string } | { readonly sinceUnixMs: number };

/** `--no-tail`: following shows only the last ten lines without it, whatever lies behind the cursor. `--all`: large fields are null without it. */
export function followArguments({ units, priority }: JournaldSpec, position: JournalPosition): string[] {
  const from = 'cursor' in position ? `--after-cursor=${position.cursor}` : `--since=@${(position.sinceUnixMs / 1000).toFixed(3)}`;
  // Entries without a priority are left out as soon as one is named, so the least severe is named by nothing.
  return ['--output=json', '--follow', '--no-tail', '--all', '--no-pager', '--quiet', from, ...units.map((unit) => `--unit=${unit}`), ...(priority < 7 ? [`--priority=${priority}`] : [])];
}

const [stderrKept, endMs] = [2000, 2000];

export interface Follow { readonly stdout: Readable; readonly lastWords: () => string; readonly ended: Promise<{ readonly code: number | null }>; end(): Promise<void> }

/** Rejects when it cannot be started. */
export async function follow(args: readonly string[]): Promise<Follow> {
  const child = spawn('journalctl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<{ code: number | null }>((resolve) => { child.once('close', (code) => { resolve({ code }); }); });
  await new Promise<void>((resolve, reject) => { child.once('spawn', resolve); child.once('error', reject); });
  child.on('error', () => undefined);
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { words = (words + text).slice(-stderrKept); });
  return { stdout: child.stdout, lastWords: () => words.trim(), ended, end: () => endChild(child) };
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new AbortController();
  const exited = new Promise<void>((resolve) => { child.once('exit', () => { over.abort(); resolve(); }); });
  child.kill('SIGTERM');
  await wait(endMs, over.signal);
  if (!over.signal.aborted) child.kill('SIGKILL');
  await exited;
}

/** Standard output of a run that ends by itself; null when it fails. Rejects when it cannot be started. */
export async function journalctl(args: readonly string[], mostBytes: number): Promise<string | null> {
  const run = await follow(args);
  let text = '';
  for await (const chunk of run.stdout.setEncoding('utf8')) text = (text + String(chunk)).slice(0, mostBytes);
  return (await run.ended).code === 0 ? text : null;
}

export function journalProblem(failed: NodeJS.ErrnoException): ActionProblem {
  if (failed.code === 'ENOENT') return { code: 'probe.missing-tool', message: 'journalctl is not installed, or not on the PATH of the agent; the journal is read by it.', help: 'It comes with systemd. On a machine without systemd use the syslog or file probe.' };
  if (failed.code === 'EACCES') return { code: 'probe.no-permission', message: 'The agent may not run journalctl.', help: 'Let its user run it.' };
  return { code: 'probe.fault', message: `journalctl cannot be started: ${failed.message}.`, help: 'Try it in a terminal as the user of the agent.' };
}

/** What it said before it ended by itself. */
export function endedProblem(code: number | null, words: string): ActionProblem {
  const said = words === '' ? '' : `: ${words.slice(0, 500)}`;
  if (/permission/i.test(words)) return { code: 'probe.no-permission', message: `journalctl may not read the journal${said}.`, help: 'Add the user of the agent to the group systemd-journal.' };
  return { code: 'probe.fault', message: `journalctl ended by itself (${code === null ? 'by a signal' : `code ${code}`})${said}.`, help: 'It is started again; the position is kept.' };
}
