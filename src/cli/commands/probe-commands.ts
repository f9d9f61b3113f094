// The sub-commands of `weir probe`: probes that make sense at a terminal, and looking for where to put one.
import { Option, type Command } from 'commander';
import type { DynamicProbeKind } from '../../model/index.ts';
import type { ProbeOptions } from './probe-options.ts';

interface Row { readonly kind: DynamicProbeKind; readonly summary: string; readonly options: readonly Option[] }

const binary = new Option('--bin <path>', 'the executable or library; with --pid by default the program of the process');
const rows: readonly Row[] = [
  { kind: 'logpoint', summary: 'values at a line of a running Node process, with no change to it', options: [
    new Option('--at <file:line>', 'where, as you know it: FILE:LINE or FILE:LINE:COLUMN; source maps are followed').makeOptionMandatory(),
    new Option('--expr <list>', 'expressions to read, with commas: \'user, moves\''), new Option('--when <condition>', 'only when this is true'), new Option('--message <text>', 'body of the record; {name} stands for a value'),
    new Option('--snapshot', 'all locals and the stack'), new Option('--count', 'count, no records'), new Option('--metric', 'a histogram of the first expression'), new Option('--until <line>', 'how long it takes from --at to here: LINE of the same file, or FILE:LINE'), new Option('--key <expr>', 'joins start and end of --until'),
    new Option('--mechanism <how>', 'how it gets in').choices(['auto', 'breakpoint', 'live-edit'])] },
  { kind: 'uprobe', summary: 'calls of a native function, with arguments or the value it returns', options: [
    binary, new Option('--symbol <name>', 'the function').makeOptionMandatory(), new Option('--offset <bytes>', 'bytes after its beginning'), new Option('--args <list...>', 'what to read: \'a=%di:s32\', apart by commas or spaces'), new Option('--ret', 'when it returns; $retval is what it returns'),
    new Option('--filter <text>', 'in the kernel: \'a > 3\''), new Option('--count', 'count, no records'), new Option('--metric', 'a histogram of the first argument')] },
  { kind: 'usdt', summary: 'a static tracepoint that a program was built with', options: [binary, new Option('--provider <name>', 'its provider').makeOptionMandatory(), new Option('--symbol <name>', 'its name').makeOptionMandatory(), new Option('--args <list...>', 'indices of arguments, from 0')] },
  { kind: 'bpftrace', summary: 'a template of the gallery, or a program that this machine allows', options: [new Option('--template <name>', 'weir probe templates lists them'), new Option('--param <name=value...>', 'of the template'), new Option('--program <text>', 'as this machine\'s owner lists it')] },
];

export function addProbeCommands(program: Command): void {
  const probe = program.command('probe').description('telemetry out of a running process, with no change to it: one JSON record a line')
    .addHelpText('after', '\nA probe ends by itself, and is taken out on Ctrl-C. What it reads is masked like any record. What may be inserted stands in WEIR_DATA/agent/actions-policy.json.');
  for (const row of rows) addProbe(probe, row);
  probe.command('list').description('files that run in a Node process, where a logpoint can go').option('--pid <pid>', 'the process').option('--match <text>', 'a text in its command line').option('--all', 'dependencies and Node\'s own, too')
    .action(async (options: ProbeOptions & { readonly all?: boolean }) => (await import('./probe-look.ts')).listFiles(options));
  probe.command('symbols').description('functions of a binary, where a uprobe can go').argument('[text]', 'in their name', '').option('--bin <path>', 'the executable or library').option('--pid <pid>', 'or those of a process')
    .action(async (text: string, options: ProbeOptions) => (await import('./probe-look.ts')).listSymbols(text, options));
  probe.command('templates').description('bpftrace templates, with their risk').action(async () => (await import('./probe-look.ts')).listTemplates());
}

function addProbe(probe: Command, { kind, summary, options }: Row): void {
  const command = probe.command(kind).description(summary).option('--pid <pid>', 'the process').option('--match <text>', 'a text in its command line');
  for (const option of options) command.addOption(option);
  command.option('--for <time>', 'how long (default 10s)').option('--max <records>', 'ends after so many (default 100); counts, metrics and times go on').option('--rate <number>', 'records a second').option('--max-cpu <share>', 'of one core of the process (default 1%)').option('--name <name>', 'event name of the records');
  command.action(async (given: ProbeOptions) => (await import('./probe.ts')).probeCommand(kind, given));
}
