// `npm run bench -- NAME…`: runs the benches named NAME (files NAME.bench.ts under src/ and e2e/), one process each; each prints one
// JSON line with its figure beside the goal. Without a name, lists them.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const benches = new Map(globSync(['src/**/*.bench.ts', 'e2e/**/*.bench.ts'], { cwd: root }).map((file) => [basename(file, '.bench.ts'), file]));
const names = process.argv.slice(2);
if (names.length === 0) {
  console.log(`Benches: ${[...benches.keys()].sort().join(', ')}\nRun one with: npm run bench -- NAME`);
  process.exit(0);
}
for (const name of names) {
  const file = benches.get(name);
  if (!file) {
    console.error(`There is no bench "${name}". Known: ${[...benches.keys()].sort().join(', ')}`);
    process.exit(2);
  }
  const run = spawnSync(process.execPath, ['--expose-gc', file], { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
