// The sub-commands of `weir action`: which actions make sense at a terminal, and their options.
import { Option, type Command } from 'commander';
import type { ActionName } from '../../model/index.ts';
import type { ActionOptions } from './action-options.ts';

interface Row { readonly name: ActionName; readonly about: 'process' | 'maybe'; readonly summary: string; readonly options: readonly Option[] }

const duration = (text: string): Option => new Option('--duration <time>', text);
const maxBytes = new Option('--max-bytes <size>', 'no larger than this, such as 64MiB');
const files = new Option('--file <glob...>', 'files, of those that this machine allows');
const allFiles = new Option('--file <glob...>', 'which files, of those that this machine allows').makeOptionMandatory();

const rows: readonly Row[] = [
  { name: 'cpu-sample', about: 'process', summary: 'where a process spends its CPU time', options: [
    duration('how long (default 10s)'), new Option('--hertz <number>', 'samples a second'),
    new Option('--means <means>', 'auto: Node by its inspector, the rest by the tools of its runtime or perf').choices(['auto', 'inspector', 'perf', 'jvm', 'python']), new Option('--call-graph <how>', 'how perf walks stacks').choices(['fp', 'dwarf'])] },
  { name: 'heap-sample', about: 'process', summary: 'where a Node process allocates; nearly free', options: [duration('how long (default 10s)'), new Option('--interval <size>', 'bytes between two samples (default 32KiB)')] },
  { name: 'memory-dump', about: 'process', summary: 'heap snapshot (Node, JVM) or core with thread stacks (others); the process stands still for it', options: [
    new Option('--means <means>', 'default: by its runtime').choices(['auto', 'inspector', 'gcore', 'jcmd']), new Option('--max-pause <time>', 'refuse above this estimate (default 30s)'), maxBytes] },
  { name: 'packet-capture', about: 'maybe', summary: 'network packets, as pcapng', options: [
    duration('how long (default 10s)'), new Option('--filter <text>', 'pcap-filter(7); default: the ports of the process'), new Option('--interface <name>', 'default: any'), new Option('--snap-length <bytes>', 'bytes of each packet'), new Option('--max-packets <number>', 'end after so many'), maxBytes] },
  { name: 'collect-config', about: 'process', summary: 'arguments, environment, configuration files, versions; redacted', options: [files] },
  { name: 'collect-state', about: 'process', summary: 'status, limits, descriptors, sockets, threads', options: [new Option('--runtime', 'of Node also event loop and heap: opens its inspector with SIGUSR1')] },
  { name: 'collect-files', about: 'maybe', summary: 'files that this machine allows, as tar; text redacted', options: [allFiles, maxBytes] },
  { name: 'diagnostic-command', about: 'maybe', summary: 'a read-only command that this machine allows, such as "ss -s"', options: [new Option('--command <line>', 'word for word; {pid} stands for the process').makeOptionMandatory(), duration('end it after (default 10s)')] },
];

export function addActionCommands(program: Command): void {
  const action = program.command('action').description('run a diagnostic action on a process of this machine').addHelpText('after', '\nweir action NAME --help lists the options of one. What may run, and how often, stands in WEIR_DATA/agent/actions-policy.json.');
  for (const row of rows) addAction(action, row);
}

function addAction(action: Command, { name, about, summary, options }: Row): void {
  const command = action.command(name).description(summary).requiredOption('--out <file>', 'where the result goes')
    .option('--pid <pid>', about === 'process' ? 'the process' : 'the process it is about, if any').option('--match <text>', 'a text in its command line').option('--service <name>', 'its OTEL_SERVICE_NAME')
    .option('--force', 'despite what only warns, such as a long pause');
  for (const option of options) command.addOption(option);
  command.action(async (given: ActionOptions) => (await import('./action.ts')).actionCommand(name, given));
}
