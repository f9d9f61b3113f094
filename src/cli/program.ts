// What the `weir` program understands: its command line, and which file carries out each command.
import { Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addActionCommands } from './commands/action-commands.ts';
import type { RipCordOptions } from './commands/agent-ripcord.ts';
import { addCostCommand } from './commands/cost.ts';
import type { HeapOptions } from './commands/heap.ts';
import { addProbeCommands } from './commands/probe-commands.ts';
import type { MineOptions } from './commands/mine.ts';
import type { ProfileOptions } from './commands/profile.ts';
import type { RedactOptions } from './commands/redact.ts';
import { CommandFailure, describeFailure } from './failure.ts';
import { addRuleCommands } from './rules/commands.ts';
import { addViewCommands } from './views/commands.ts';

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

/**
 * Carries out one command line, given without Node's and the program's own names. What a person can mend is told on
 * stderr; the exit code is left in `process.exitCode`. Bugs throw.
 */
export async function runProgram(args: readonly string[]): Promise<void> {
  try {
    await weirProgram().parseAsync(args, { from: 'user' });
  } catch (failed) {
    if (failed instanceof CommandFailure) process.stderr.write(describeFailure(failed.failure));
    else if (!(failed instanceof CommanderError)) throw failed;
    // A command may have its own: what a person cancelled ends as terminals know it.
    process.exitCode = failed instanceof CommanderError && failed.exitCode === 0 ? 0 : process.exitCode ?? 2;
  }
}

function weirProgram(): Command {
  const program = new Command('weir')
    .description('Dynamic telemetry beside OpenTelemetry: change what running software says about itself, in seconds.')
    .version(packageJson.version)
    .showHelpAfterError('(weir --help lists the commands)')
    .exitOverride();
  addParts(program);
  addRuleCommands(program);
  addViewCommands(program);
  addActionCommands(program);
  addProbeCommands(program);
  addFileCommands(program);
  addCostCommand(program);
  return program;
}

/** What stays running. */
function addParts(program: Command): void {
  program.command('up')
    .description('run the BFF, one agent and the demo shop on this machine, on loopback')
    .option('--no-demo', 'without the demo shop')
    .option('--forward <url>', 'OTLP/HTTP base URL of the downstream')
    .option('--exporter <name=url>', 'a further named exporter for route("name"); may be repeated', collect, [])
    .action(async (options: { demo: boolean; forward?: string; exporter: readonly string[] }) => (await import('./commands/up.ts')).upCommand(options));

  program.command('server')
    .description('run the BFF and control plane')
    .action(async () => (await import('./commands/server.ts')).serverCommand());

  const agent = program.command('agent')
    .description('run an agent')
    .option('--forward <url>', 'OTLP/HTTP base URL of the downstream')
    .option('--exporter <name=url>', 'a further named exporter for route("name"); may be repeated', collect, [])
    .option('--gzip', 'compress what is forwarded')
    .action(async (options: { forward?: string; exporter: readonly string[]; gzip?: boolean }) => (await import('./commands/agent.ts')).agentCommand(options));
  agent.command('ripcord')
    .description('pass-through at once on this machine, with no server: only redaction runs, probes leave, actions end; it stays so until --release')
    .option('--release', 'everything runs again as deployed')
    .option('--reason <text>', 'why, for whoever looks later')
    .action(async (options: RipCordOptions) => (await import('./commands/agent-ripcord.ts')).ripCordCommand(options));
}

/** What reads a file and says something about it. */
function addFileCommands(program: Command): void {
  program.command('kql')
    .description('run a KQL query over JSON lines; the table is called source')
    .argument('<query>', 'for example: source | where level == "error" | summarize count() by service')
    .option('--input <file>', 'JSON lines, - for standard input', '-')
    .action(async (query: string, options: { input: string }) => (await import('./commands/kql.ts')).kqlCommand(query, options));

  program.command('mine')
    .description('the durable id and template of each line of a log, one line of JSON for each line read; a summary on stderr')
    .option('--input <file>', 'JSON lines, gzipped or not; - for standard input', '-')
    .option('--text-field <path>', 'the field to mine; dots lead into objects', 'text')
    .addHelpText('after', '\nTemplates are learnt from all lines, then every line is printed with its settled id. So output begins when the input ends, after 16,777,216 lines, or when standard input pauses for two seconds; ids of lines printed so early may be aliases of later ones.')
    .action(async (options: MineOptions) => (await import('./commands/mine.ts')).mineCommand(options));

  program.command('redact')
    .description('hide secrets and personal data in one field of JSON lines, and say what was found')
    .option('--input <file>', 'JSON lines, - for standard input', '-')
    .option('--text-field <path>', 'the field to redact; dots lead into objects', 'text')
    .option('--all-fields', 'redact every text in the line, in the place of one field')
    .addOption(new Option('--mode <mode>', 'what stands in the place of a finding').choices(['mask', 'partial', 'hash', 'remove']).default('mask'))
    .option('--detectors <names>', 'names of detectors, with commas; all when left out')
    .option('--key-file <file>', 'the key of --mode hash; without one, hashes join within one run only')
    .option('--policy <file>', 'a redaction policy document, in the place of --mode and --detectors')
    .action(async (options: RedactOptions) => (await import('./commands/redact.ts')).redactCommand(options));

  program.command('profile')
    .description('what a CPU or allocation profile says: .cpuprofile, .heapprofile, Chrome trace, pprof, perf script, folded stacks, speedscope, OTLP')
    .argument('<file>', 'the profile, gzipped or not; - for standard input')
    .option('--json', 'one JSON object in the place of a table')
    .option('--weight <name>', 'what to weigh by, when the file has several: cpu, alloc_space, samples, …')
    .option('--top <n>', 'how many functions', '20')
    .option('--profile <n>', 'which one of a file with several, from 1; the one with most samples when left out')
    .addOption(new Option('--export <format>', 'write it for another tool').choices(['pprof', 'folded', 'speedscope']))
    .option('--out <file>', 'where --export writes; - for standard output')
    .action(async (file: string, options: ProfileOptions) => (await import('./commands/profile.ts')).profileCommand(file, options));

  program.command('heap')
    .description('what is large in a V8 heap snapshot, and what looks like a leak; with --diff, what grew between two')
    .argument('<files...>', 'a .heapsnapshot file; with --diff the earlier and the later one')
    .option('--diff', 'compare two snapshots of one process')
    .option('--json', 'print one JSON document')
    .option('--top <count>', 'how many constructors', '30')
    .option('--reveal', 'show the text of strings, which may be secrets')
    .action(async (files: readonly string[], options: HeapOptions) => (await import('./commands/heap.ts')).heapCommand(files, options));
}
