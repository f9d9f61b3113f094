// The one line that a process says of itself when it starts: what Weir does in it, or what is missing. WEIR_QUIET=1 leaves it out; worker threads say nothing.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Environment, Settings } from './settings.ts';

const variables = 'WEIR_DATA (the data folder of the agent), WEIR_RULES, WEIR_MIN_SEVERITY nor WEIR_VERBOSE_FILE';
const api = '@opentelemetry/api';

/** Empty: nothing is to be said. `script`: what Node was started with, as typed. */
export function lineAtStart(settings: Settings | null, env: Environment, script: string | undefined): string {
  const { WEIR_QUIET: quiet } = env;
  if (quiet !== undefined && quiet !== '' && quiet !== '0') return '';
  if (settings === null) return `there is nothing to do in this process: neither ${variables} is set. (WEIR_QUIET=1 hides this line.)`;
  const parts = [rulesWords(settings, env), levelWords(settings), findsApi(script) ? '' : `no ${api} is found from ${script ?? 'here'}: a program without OpenTelemetry has no records to look at (a bundle may have its own)`];
  return `${parts.filter((part) => part !== '').join('; ')}. (WEIR_QUIET=1 hides this line.)`;
}

function rulesWords({ rulesPath }: Settings, { WEIR_RULES: rules, WEIR_DATA: data = '' }: Environment): string {
  if (rulesPath === null) return 'no rules are looked for (neither WEIR_RULES nor WEIR_DATA is set)';
  const [file, folder] = [kindOf(rulesPath), kindOf(dirname(rulesPath))];
  if (file === 'closed' || folder === 'closed') return `${rulesPath} may not be read by this user, so no rules are in force: let it read that folder, or run both as one user`;
  if (file === 'there') return foundWords(rulesPath);
  if (rules) return `WEIR_RULES=${rules} is not there, so no rules are in force until it is`;
  const root = resolve(data);
  if (kindOf(root) !== 'there') return `WEIR_DATA=${data} is not there (${root}), so no rules are in force until an agent writes them`;
  if (folder !== 'there') return `no agent has run with WEIR_DATA=${data} (there is no ${dirname(rulesPath)}), so no rules are in force until one does`;
  return `no rules yet: ${rulesPath} is taken when the agent writes it`;
}

function kindOf(path: string): 'there' | 'missing' | 'closed' {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined ? 'missing' : 'there';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'closed' : 'missing';
  }
}

function foundWords(path: string): string {
  try {
    const { rules } = JSON.parse(readFileSync(path, 'utf8')) as { readonly rules?: unknown };
    const count = Array.isArray(rules) ? rules.length : 0;
    return count === 0 ? `no rule is for this place yet (location in-process); ${path} is watched` : `${count} ${count === 1 ? 'rule' : 'rules'} of ${path}, put to log records and spans before they leave; changes are followed`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? `${path} may not be read by this user, so no rules are in force` : `${path} cannot be read yet`;
  }
}

const levelWords = ({ minSeverity, verbosePath }: Settings): string => (minSeverity === 0 ? '' : `log records below severity ${minSeverity} are dropped${verbosePath === null ? '' : ` but while ${verbosePath} opens`}`);

function findsApi(script: string | undefined): boolean {
  try {
    createRequire(script === undefined ? join(process.cwd(), 'none.js') : resolve(script)).resolve(api);
    return true;
  } catch {
    return false;
  }
}
