// `weir rules apply -f DIR`: brings a server's rules to what the files say. Shows a plan, asks, does it; a second run finds nothing to do.
import { createInterface } from 'node:readline/promises';
import type { RuleDetail } from '../../model/index.ts';
import type { TestReport } from '../../rules/index.ts';
import { CommandFailure } from '../failure.ts';
import { isNothing, planApply, showPlan, type ApplyPlan, type RuleStep, type WantedRule } from './apply-plan.ts';
import { documentText, hasErrors, type CheckedFile } from './rule-files.ts';
import { connect, type RuleServer, type ServerOptions } from './server-client.ts';
import { showProblem } from './show-problems.ts';
import { failed, reportOf } from './test.ts';
import { checkAll } from './validate.ts';
import { counted, indentedBy, sameNames } from './words.ts';

export interface ApplyOptions extends ServerOptions {
  readonly file: readonly string[]; readonly dryRun?: boolean; readonly yes?: boolean; readonly deploy?: boolean; readonly shadow?: boolean; readonly prune?: boolean; readonly note?: string;
}

const say = (text: string): void => { process.stdout.write(`${text}\n`); };

/** Exit code 0: done, or nothing to do; 1: a file is wrong, a test fails, or the server refused a step; 2: no answer, no token, or nobody to ask. */
export async function applyCommand(options: ApplyOptions): Promise<void> {
  const server = connect(options, process.env);
  const files = await checkAll(options.file);
  const problems = await problemsOf(files);
  if (problems.length > 0) {
    process.stderr.write(`${problems.join('\n\n')}\n\nNothing was applied: ${counted(problems.length, 'problem')} in the files.\n`);
    process.exitCode = 1;
    return;
  }
  const plan = await planFor(server, files.map(wantedOf), options);
  if (isNothing(plan)) { say(`Nothing to do: ${counted(plan.steps.length, 'rule')} on ${server.url} ${plan.steps.length === 1 ? 'is as its file says' : 'are as the files say'}.`); return; }
  say(`${server.url}\n${showPlan(plan)}`);
  if (options.dryRun === true) { say('Nothing was applied: --dry-run.'); return; }
  if (options.yes !== true && !await agreed()) { say('Nothing was applied.'); process.exitCode = 1; return; }
  process.exitCode = await carryOut(server, plan, options.note ?? 'weir rules apply') ? 0 : 1;
}

/** Errors in files, names used twice, and failing tests: nothing is applied then. */
async function problemsOf(files: readonly CheckedFile[]): Promise<readonly string[]> {
  const errors = files.filter(hasErrors).flatMap(({ path, text, problems }) => problems.filter(({ severity }) => severity === 'error').map((problem) => showProblem(path, text, problem)));
  const tests: { readonly file: CheckedFile; readonly report: TestReport }[] = [];
  for (const file of files.filter((one) => !hasErrors(one))) {
    const report = await reportOf(file);
    if (failed(report)) tests.push({ file, report });
  }
  const failing = tests.flatMap(({ file, report }) => report.results.filter(({ ok }) => !ok).map(({ name, failures }) => `${file.path}: the test "${name}" of ${report.rule} fails\n${indentedBy(failures.join('\n'), 6)}`));
  return [...errors, ...sameNames(files), ...failing];
}

const wantedOf = (file: CheckedFile): WantedRule => ({ name: file.document!.name, text: documentText(file), path: file.path });

async function planFor(server: RuleServer, wanted: readonly WantedRule[], { deploy = false, shadow = false, prune = false }: ApplyOptions): Promise<ApplyPlan> {
  const all = await server.rules();
  const known = new Map<string, RuleDetail>();
  for (const { name } of wanted) { const rule = all.find((one) => one.name === name); if (rule !== undefined) known.set(name, await server.rule(rule.id)); }
  return planApply(wanted, known, all, { deploy: deploy || shadow, mode: shadow ? 'shadow' : 'live', prune });
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CommandFailure({ code: 'cli.nobody-to-ask', message: 'Nothing was applied: nobody can be asked, for the input is no terminal.', help: 'Add --yes to apply this plan, or --dry-run to only see it.' });
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try { return /^y(es)?$/i.test((await lines.question('Apply this? [y/N] ')).trim()); } finally { lines.close(); }
}

/**
 * Each step by itself: one that the server refuses does not stop the others. But nothing is deleted then, for what was to take
 * a rule's place may be missing: of a redact rule under another name, nothing would be left that redacts. True when all were done.
 */
async function carryOut(server: RuleServer, plan: ApplyPlan, note: string): Promise<boolean> {
  let all = true;
  const attempt = async (name: string, step: () => Promise<string>): Promise<void> => {
    try { say(`  ✓ ${await step()}`); } catch (problem) {
      if (!(problem instanceof CommandFailure) || problem.failure.code === 'cli.unreachable') throw problem;
      all = false;
      say(`  ✗ ${name}: ${problem.failure.message}${problem.failure.help === undefined ? '' : ` ${problem.failure.help}`}`);
    }
  };
  for (const step of plan.steps.filter(({ save, deploy }) => save !== 'unchanged' || deploy)) await attempt(step.wanted.name, () => takeStep(server, step, plan, note));
  if (!all && plan.remove.length > 0) {
    say(`  Nothing was deleted, because not every rule above was applied: ${plan.remove.map(({ name }) => name).join(', ')} ${plan.remove.length === 1 ? 'stays' : 'stay'}. Mend what failed, then apply again.`);
    return false;
  }
  for (const { id, name } of plan.remove) await attempt(name, async () => { await server.remove(id); return `${name} deleted`; });
  return all;
}

async function takeStep(server: RuleServer, { wanted, save, known, deploy }: RuleStep, { mode }: ApplyPlan, note: string): Promise<string> {
  const saved = save === 'create' ? await server.create(wanted.text, note) : save === 'new-version' ? await server.save(known!.id, known!.latestVersion, wanted.text, note) : known!;
  const did = save === 'create' ? 'created' : save === 'new-version' ? `saved as version ${saved.latestVersion}` : `version ${saved.latestVersion}`;
  if (!deploy) return `${wanted.name} ${did}`;
  await server.deploy(saved.id, saved.latestVersion, mode);
  return `${wanted.name} ${did}, deployed${mode === 'shadow' ? ' in shadow' : ''}`;
}
