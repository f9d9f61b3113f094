// Carries out a `weir` command line within this process: what it prints, and its exit code. A process for each would
// load the KQL language service anew, a second of work. For what no process is needed for: not for exit, signals, pipes.
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runProgram } from '../program.ts';
import { environmentWithoutWeir, type Ended, type RunOptions } from './run-weir.ts';

let last: Promise<unknown> = Promise.resolve();

/** One at a time, since a process has one standard output. A bug of a command throws here. */
export function runWeirHere(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const next = last.then(() => run(args, options));
  last = next.catch(() => { /* its caller is told */ });
  return next;
}

async function run(args: readonly string[], { input = '', env = {} }: RunOptions): Promise<Ended> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const printed = Promise.all([text(stdout), text(stderr)]);
  const code = process.exitCode;
  const giveBack = [
    ...Object.entries({ stdout, stderr, stdin: Readable.from([Buffer.from(input)]) }).map(([name, stream]) => replaced(name, stream)),
    replaced('env', defined({ ...environmentWithoutWeir(), ...env })),
  ];
  process.exitCode = undefined;
  try {
    await runProgram(args);
    stdout.end();
    stderr.end();
    const [out, problems] = await printed;
    return { code: Number(process.exitCode ?? 0), stdout: out, stderr: problems };
  } finally {
    for (const one of giveBack) one();
    process.exitCode = code;
  }
}

/** Puts a value in the place of `process`'s own; gives what puts that back. */
function replaced(name: string, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(process, name);
  Object.defineProperty(process, name, { value, configurable: true, writable: true, enumerable: true });
  return () => { if (own === undefined) Reflect.deleteProperty(process, name); else Object.defineProperty(process, name, own); };
}

const defined = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
