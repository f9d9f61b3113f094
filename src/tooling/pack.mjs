// `npm pack`: compiles the Node side to dist/src (the published package ships JavaScript) and builds the console.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildConsoleIfStale } from './console-build.mjs';

const root = join(import.meta.dirname, '../..');
rmSync(join(root, 'dist/src'), { recursive: true, force: true });
const compile = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'src/tsconfig.pack.json'], { cwd: root, stdio: 'inherit' });
if (compile.status !== 0 || !buildConsoleIfStale(root, spawnSync)) process.exit(1);
