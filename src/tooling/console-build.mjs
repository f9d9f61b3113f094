// Builds the console into dist/console when its sources changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];
const skipped = /(^|\/)(server|agent|cli|demo|tooling)\/|\.(test|bench)\.tsx?$|\.md$/;

/** A fingerprint of every file the build can see: paths, sizes and modification times. */
function fingerprint(root) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(join(root, path));
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
    else if (!skipped.test(path.replace(/^src\//, ''))) hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
  };
  for (const source of sources) if (existsSync(join(root, source))) visit(source);
  return hash.digest('hex');
}

export function buildConsoleIfStale(root, spawnSync) {
  const stamp = join(root, 'dist/console/.built-from');
  const wanted = fingerprint(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  console.error('Building the console …');
  const build = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (build.status !== 0) {
    console.error('The console could not be built; the messages above say where.');
    return false;
  }
  writeFileSync(stamp, wanted);
  return true;
}
