#!/usr/bin/env node
// The `weir` program's door: plain JavaScript that any Node from 18 on can run. Weir itself needs Node 26, which comes
// with it as the npm package `node`; this file hands over to it. In a clone the TypeScript runs as it is, in the
// published package its compiled form.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'main.ts');
const main = existsSync(source) ? source : join(here, '../../dist/src/cli/main.js');
const neededMajor = 26;

function bundledNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    return [join(folder, 'bin/node'), join(folder, 'bin/node.exe')].find((path) => existsSync(path));
  } catch {
    return undefined;
  }
}

if (Number(process.versions.node.split('.')[0]) >= neededMajor) {
  process.argv[1] = main;
  await import(pathToFileURL(main).href);
} else {
  const node = bundledNode();
  if (!node) {
    console.error(`Weir needs Node ${neededMajor}; this is ${process.version}, and the one that comes with Weir is not installed. Run \`npm install\` in the folder of Weir, or use Node ${neededMajor}.`);
    process.exit(2);
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the whole group by itself; other signals are passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => { process.exitCode = signal ? 1 : (code ?? 0); });
}
