// The `weir rules` commands on the command line.
import type { Command } from 'commander';

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];
const onServer = (command: Command, example: string): Command => command
  .option('--server <url>', 'address of the server (default: http://127.0.0.1:4300)').option('--token <token>', 'token of the server (default: WEIR_TOKEN)')
  .addHelpText('after', `
The server's token is part of the address that weir up prints. Either of these will do:
  weir rules ${example} --server http://127.0.0.1:4300 --token TOKEN
  WEIR_TOKEN=TOKEN weir rules ${example}
  weir rules ${example} --server "http://127.0.0.1:4300/?token=TOKEN"`);
const examples = (command: Command, ...lines: readonly string[]): Command => command.addHelpText('after', `\nFor example:\n${lines.map((line) => `  ${line}`).join('\n')}`);

/** Exit codes of all: 0 well, 1 a rule is wrong or a test fails, 2 the command could not be carried out. */
export function addRuleCommands(program: Command): void {
  const rules = examples(program.command('rules').description('check, test and run rules, and bring them to a server'),
    'weir rules validate rules/', 'weir rules test rules/ --junit report.xml', 'weir rules apply -f rules/ --dry-run --server http://127.0.0.1:4300 --token TOKEN', 'weir rules COMMAND --help tells more of each');
  addLocal(rules);
  addRemote(rules);
}

function addLocal(rules: Command): void {
  examples(rules.command('validate').description('what is wrong with rule files; exit code 0 when nothing is, 1 when something is'), 'weir rules validate rules/', 'weir rules validate rules/noise.yaml --json')
    .argument('<path...>', 'rule files, or folders of them').option('--json', 'problems with their places as JSON')
    .action(async (paths: readonly string[], options: object) => (await import('./validate.ts')).validateCommand(paths, options));
  examples(rules.command('test').description('run the tests in rule files with the agent\'s own engine; exit code 0 when all pass, 1 when one fails'), 'weir rules test rules/', 'weir rules test rules/ --junit report.xml')
    .argument('<path...>', 'rule files, or folders of them').option('--junit <file>', 'write a JUnit report for CI, too')
    .action(async (paths: readonly string[], options: object) => (await import('./test.ts')).testCommand(paths, options));
  examples(rules.command('run').description('run rules over recorded telemetry: resulting OTLP JSON on stdout, counts per rule as JSON on stderr'), 'weir rules run --rule rules/noise.yaml --input logs.jsonl')
    .requiredOption('--rule <file>', 'a rule: YAML document or plain KQL; may be repeated', collect)
    .requiredOption('--input <file>', 'the telemetry, - for standard input')
    .option('--format <format>', 'otlp-json, otlp-proto or jsonl (default: by the file name)')
    .option('--signal <signal>', 'logs, spans or metrics, for otlp-proto (default: what the first rule reads)')
    .action(async (options: { rule: readonly string[]; input: string; format?: string; signal?: string }) => (await import('../commands/rules-run.ts')).rulesRunCommand(options));
}

function addRemote(rules: Command): void {
  onServer(rules.command('apply').description('bring the rules of a server to what the files say; shows a plan first')
    .requiredOption('-f, --file <path>', 'rule file, or folder of them; may be repeated', collect), 'apply -f rules/')
    .option('--dry-run', 'show the plan and stop').option('-y, --yes', 'do not ask').option('--deploy', 'deploy what is not deployed as the files say')
    .option('--shadow', 'deploy in shadow: rules only count what they would do').option('--prune', 'delete rules of the server that no file holds').option('--note <text>', 'note of the new versions')
    .action(async (options: { file: readonly string[] }) => (await import('./apply.ts')).applyCommand(options));
  onServer(rules.command('export').description('write every rule of a server as NAME.yaml')
    .requiredOption('-d, --directory <folder>', 'where to'), 'export -d rules/')
    .option('--canonical', 'in canonical layout instead of as it was written')
    .action(async (options: { directory: string }) => (await import('./export.ts')).exportCommand(options));
  onServer(rules.command('list').description('the rules of a server'), 'list')
    .option('--json', 'as JSON')
    .action(async (options: object) => (await import('./list.ts')).listCommand(options));
}
