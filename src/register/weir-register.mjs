// The door of `--import weir/register`: plain JavaScript for whatever Node the app runs on. In a clone the TypeScript runs as it
// is, in the published package its compiled form. Nothing that goes wrong here keeps the app from starting.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const neededMajor = 22;
const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'register.ts');

if (Number(process.versions.node.split('.')[0]) < neededMajor) {
  process.stderr.write(`weir: rules in the process need Node ${neededMajor} or later; this is ${process.version}, so it runs without them.\n`);
} else {
  try {
    await import(pathToFileURL(existsSync(source) ? source : join(here, '../../dist/src/register/register.js')).href);
  } catch (error) {
    process.stderr.write(`weir: this process runs without Weir's rules, for they could not be loaded: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
