// The `weir` program: one command line, carried out by a process of its own.
import { enableCompileCache } from 'node:module';
import { runProgram } from './program.ts';

// Compiled code is kept between runs: the KQL parser alone takes a second to compile.
enableCompileCache();

// Whoever reads the output may have enough of it (`weir kql … | head`).
process.stdout.on('error', (failed: NodeJS.ErrnoException) => { if (failed.code === 'EPIPE') process.exit(0); throw failed; });

await runProgram(process.argv.slice(2));
