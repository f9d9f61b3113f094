// `weir rules test FILE|DIR…`: runs the tests in rule documents with the agent's own engine.
import { writeFile } from 'node:fs/promises';
import { junit, runTests, type TestReport } from '../../rules/index.ts';
import { newVm } from '../../server/index.ts';
import { CommandFailure } from '../failure.ts';
import { hasErrors, type CheckedFile } from './rule-files.ts';
import { showProblem } from './show-problems.ts';
import { checkAll } from './validate.ts';
import { counted, indentedBy } from './words.ts';

export interface TestCommandOptions { readonly junit?: string }

/** Exit code 0: all tests pass; 1: one fails, or a rule has an error; 2: something could not be read or written. */
export async function testCommand(paths: readonly string[], options: TestCommandOptions): Promise<void> {
  const files = await checkAll(paths);
  const reports: TestReport[] = [];
  for (const file of files) reports.push(await reportOf(file));
  process.stdout.write(files.map((file, i) => shown(file, reports[i]!)).join('') + summary(files, reports));
  if (options.junit !== undefined) await writeJunit(options.junit, reports);
  process.exitCode = reports.some(failed) ? 1 : 0;
}

/** A rule that does not compile is one failing test, so that CI shows it. */
export async function reportOf(file: CheckedFile): Promise<TestReport> {
  const { document, compiled, path, text, problems } = file;
  if (document !== null && compiled !== null) return runTests(compiled, document.tests, { nowMs: () => performance.now(), newVm });
  const failures = problems.filter(({ severity }) => severity === 'error').map((problem) => showProblem(path, text, problem));
  return { rule: document?.name ?? path, results: [{ name: 'is a valid rule', ok: false, failures, milliseconds: 0 }] };
}

export const failed = ({ results }: TestReport): boolean => results.some(({ ok }) => !ok);

function shown(file: CheckedFile, { rule, results }: TestReport): string {
  const lines = results.flatMap(({ name, ok, failures, milliseconds }) => [
    `  ${ok ? '✓' : '✗'} ${name}${hasErrors(file) ? '' : ` (${milliseconds.toFixed(1)} ms)`}`, ...failures.map((failure) => indentedBy(failure, 6)),
  ]);
  return `${[`${rule}  ${file.path}`, ...(results.length === 0 ? ['  has no tests'] : lines)].join('\n')}\n\n`;
}

function summary(files: readonly CheckedFile[], reports: readonly TestReport[]): string {
  const results = reports.flatMap((report) => report.results);
  const passed = results.filter(({ ok }) => ok).length;
  const without = reports.filter((report) => report.results.length === 0).length;
  const parts = [counted(files.length, 'rule'), counted(results.length, 'test'), `${passed} passed`, ...(passed < results.length ? [`${results.length - passed} failed`] : []), ...(without > 0 ? [`${without} without tests`] : [])];
  return `${parts.join(', ')}.\n`;
}

async function writeJunit(path: string, reports: readonly TestReport[]): Promise<void> {
  await writeFile(path, junit(reports)).catch((problem: unknown) => { throw new CommandFailure({ code: 'cli.cannot-write', message: `Cannot write ${path}: ${(problem as Error).message}.` }); });
}
