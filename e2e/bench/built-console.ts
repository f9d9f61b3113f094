// A running Weir without the demo, with the console as its sources are now.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startStack, type Stack } from '../support/stack.ts';

const root = join(import.meta.dirname, '../..');

export async function startBuilt(): Promise<Stack> {
  const { buildConsoleIfStale } = await import(pathToFileURL(join(root, 'src/tooling/console-build.mjs')).href) as { buildConsoleIfStale: (root: string, spawn: typeof spawnSync) => boolean };
  if (!buildConsoleIfStale(root, spawnSync)) throw new Error('The console could not be built; the messages above say where.');
  return startStack(['--no-demo']);
}
