// `weir rules validate FILE|DIR…`: everything that is wrong with rule files, as an agent and the server would see it.
import { conflictsOf, type CompiledRule, type RuleConflict } from '../../rules/index.ts';
import { loadKqlLanguage } from '../../server/index.ts';
import { checkFile, hasErrors, ruleFilesIn, type CheckedFile } from './rule-files.ts';
import { positionOf, showProblem } from './show-problems.ts';
import { counted, sameNames } from './words.ts';

export interface ValidateOptions { readonly json?: boolean }

/** Exit code 0: all valid, warnings or not; 1: a rule has an error; 2: something could not be read. */
export async function validateCommand(paths: readonly string[], { json = false }: ValidateOptions): Promise<void> {
  const files = await checkAll(paths);
  const conflicts = conflictsOf(files.flatMap(({ path, compiled }) => (compiled === null ? [] : [{ ...compiled, id: path }])));
  const wrong = files.filter(hasErrors).length + sameNames(files).length;
  process.stdout.write(json ? asJson(files, conflicts, wrong === 0) : asText(files, conflicts));
  process.exitCode = wrong === 0 ? 0 : 1;
}

/** All files, checked one after the other. */
export async function checkAll(paths: readonly string[]): Promise<readonly CheckedFile[]> {
  const found = await ruleFilesIn(paths);
  const language = await loadKqlLanguage();
  const files: CheckedFile[] = [];
  for (const path of found) files.push(await checkFile(path, language));
  return files;
}

function asText(files: readonly CheckedFile[], conflicts: readonly RuleConflict[]): string {
  const lines = files.flatMap((file) => [`${hasErrors(file) ? '✗' : '✓'} ${file.path}${titleOf(file)}`, ...file.problems.map((problem) => `\n${showProblem(file.path, file.text, problem)}\n`)]);
  const twice = sameNames(files).map((line) => `✗ ${line}`);
  const notes = conflicts.map(({ message }) => `! ${message}`);
  const bad = files.filter(hasErrors).length;
  const summary = bad === 0 ? `${counted(files.length, 'rule')}, ${files.length === 1 ? 'valid' : 'all valid'}.` : `${counted(files.length, 'rule')}, ${bad} with errors.`;
  return `${[...lines, ...twice, ...notes, summary].join('\n')}\n`;
}

const titleOf = ({ document, compiled }: CheckedFile): string => (document === null ? '' : `  ${document.name}${compiled === null ? '' : ` (${kindOf(compiled)})`}`);
function kindOf(rule: CompiledRule): string {
  switch (rule.kind) {
    case 'query': return `${rule.plan.table}, ${rule.plan.sink?.sink ?? 'no sink'}`;
    case 'state-machine': return counted(rule.machine.states.length, 'state');
    case 'language': return `JavaScript, ${rule.language.signals.join(', ')}`;
    case 'redaction-policy': return `redaction policy, ${rule.policy.mode}${rule.policy.entries.length === 0 ? '' : `, ${counted(rule.policy.entries.length, 'entr')}`}`.replace(/entrs$/, 'entries').replace(/entr$/, 'entry');
  }
}

function asJson(files: readonly CheckedFile[], conflicts: readonly RuleConflict[], ok: boolean): string {
  const rules = files.map((file) => ({
    file: file.path, name: file.document?.name ?? null, ok: !hasErrors(file),
    problems: file.problems.map(({ severity, code, message, help, path, start, end }) => ({ severity, code, message, ...(help !== undefined && { help }), path, ...positionOf(file.text, start), start, end })),
  }));
  return `${JSON.stringify({ ok, rules, conflicts, duplicates: sameNames(files) }, null, 2)}\n`;
}
