// The `weir views` commands on the command line.
import type { Command } from 'commander';

const onServer = (command: Command, example: string): Command => command
  .option('--server <url>', 'address of the server (default: http://127.0.0.1:4300)').option('--token <token>', 'token of the server (default: WEIR_TOKEN)')
  .addHelpText('after', `\nFor example:\n  weir views ${example} --server http://127.0.0.1:4300 --token TOKEN\n  WEIR_TOKEN=TOKEN weir views ${example}`);

/** Exit codes of all: 0 well, 1 nothing was imported (a file is wrong, or nobody agreed), 2 the command could not be carried out. */
export function addViewCommands(program: Command): void {
  const views = program.command('views').description('saved views of a server as files for git');
  onServer(views.command('export').description('write every saved view of a server as a YAML file, or those that are named').requiredOption('-d, --directory <folder>', 'where to').option('-n, --name <view...>', 'only views of these names'), 'export -d views/')
    .action(async (options: { directory: string; name?: string[] }) => (await import('./export.ts')).exportViewsCommand(options));
  onServer(views.command('import').description('bring the saved views of a server to what the files say; shows a plan first. Views that no file holds stay').requiredOption('-d, --directory <folder>', 'where from'), 'import -d views/')
    .option('--dry-run', 'show the plan and stop').option('-y, --yes', 'do not ask')
    .action(async (options: { directory: string }) => (await import('./import.ts')).importViewsCommand(options));
}
