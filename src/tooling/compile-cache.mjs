// Compiled code is kept between the processes of a test run: hundreds of them load the same modules, and without it each strips types
// and compiles for itself. What is kept is checked against its source (https://nodejs.org/api/module.html#module-compile-cache).
import { join } from 'node:path';

/** For this process's children, unless the person who started it has chosen: it is in `env` from here on. */
export function keepCompiledCode(env = process.env) {
  env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../../node_modules/.cache/weir-compile');
}
