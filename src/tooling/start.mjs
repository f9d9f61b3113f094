// `npm start`: builds the console when its sources are newer than the build, then runs `weir up` with the flags given.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildConsoleIfStale } from './console-build.mjs';

const root = join(import.meta.dirname, '../..');
if (!buildConsoleIfStale(root, spawnSync)) process.exit(1);

const up = spawn(process.execPath, ['src/cli/main.ts', 'up', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
// The terminal sends Ctrl-C to the whole group; `weir up` shuts down in order and this process waits for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { if (signal !== 'SIGINT') up.kill(signal); });
up.on('exit', (code, signal) => { process.exitCode = signal ? 1 : (code ?? 0); });
