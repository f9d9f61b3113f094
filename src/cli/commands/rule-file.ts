// A rule for `weir rules run`: a YAML document or bare KQL, compiled as an agent would take it.
import { agentRule, defaultBounds, type AgentRule } from '../../model/index.ts';
import { agentRuleOf, checkKqlRule, checkRule, looseFields, type CheckedRule } from '../../rules/index.ts';
import { loadKqlLanguage } from '../../server/index.ts';
import { CommandFailure } from '../failure.ts';
import { nameOfFile, readRuleText } from '../rules/rule-files.ts';
import { showProblem } from '../rules/show-problems.ts';

/** Reads and compiles the rule at `path`. Fails with one message that names the file and every error. Budgets and expiry mean nothing over a file. */
export async function loadRule(path: string, id: string): Promise<AgentRule> {
  const read = await readRuleText(path);
  if (!read.ok) throw new CommandFailure({ ...read.error, message: `${path}: ${read.error.message}` });
  const bare = isBareKql(path, read.value);
  const text = bare ? read.value.replaceAll('\r\n', '\n') : named(path, read.value);
  const language = await loadKqlLanguage();
  const checked = bare ? checkKqlRule(text, nameOfFile(path), language) : checkRule(text, language);
  const { compiled } = checked;
  const kind = checked.document?.kind;
  if (kind === 'state-machine' || kind === 'language') throw new CommandFailure({ code: 'rule.bad-kind', message: `${path}: a rule of kind "${kind}" cannot be run over a file.`, help: 'Queries and redaction policies can be; `weir rules test` runs the tests of all kinds.' });
  if (compiled === null || compiled.kind === 'state-machine' || compiled.kind === 'language') throw wrong(path, text, bare, checked);
  return agentRule.parse({ ...agentRuleOf(compiled, id), bounds: defaultBounds });
}

/** Files of other names than .yaml, .yml and .json are documents when they begin like one. */
const isBareKql = (path: string, text: string): boolean => !/\.(ya?ml|json)$/i.test(path) && !/^\s*(#.*\s+)*(weir|kind|name|kql)\s*:/.test(text);

/** A document without a name runs under that of its file. The name goes to the end, so that places stay. */
function named(path: string, text: string): string {
  const fields = looseFields(text);
  return fields === null || 'name' in fields || text.trimStart().startsWith('{') || !('kql' in fields) ? text : `${text}\nname: ${JSON.stringify(nameOfFile(path))}\n`;
}

function wrong(path: string, text: string, bare: boolean, { problems }: CheckedRule): CommandFailure {
  const errors = problems.filter(({ severity }) => severity === 'error').map((problem) => showProblem(path, text, problem));
  return new CommandFailure({ code: 'rule.invalid', message: `${path} is not ${bare ? 'valid KQL' : 'a valid rule'}.\n\n${errors.join('\n\n')}` });
}
