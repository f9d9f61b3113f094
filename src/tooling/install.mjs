// Runs before `npm start`, `npm test` and `npm run bench`, on whatever Node from 18 on is there: installs the
// dependencies (Node 26 among them) when they are missing or older than the lock file.
//
// `npm install --no-save` and not `npm ci`: both take the versions of the lock file, but `npm ci` refuses a lock file that
// does not list the native packages of every platform, and a registry mirror may hold only some of them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const stamp = join(root, 'node_modules/.weir-installed');
const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(readFileSync(join(root, 'package.json'))).digest('hex');
const have = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';

if (have !== wanted) {
  console.error('Installing dependencies (the first time takes a minute or two) …');
  const npm = process.env.npm_execpath;
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  if (run.status !== 0) {
    console.error('The dependencies could not be installed. Check the network and the npm registry setting, then run the command again.');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
