// A part of `weir up` tells its parent when it is ready or why it failed, and leaves when the parent is gone.
import type { Failure } from '../base/index.ts';
import { CommandFailure, describeFailure } from './failure.ts';

interface Part { readonly ready: Readonly<Record<string, unknown>>; readonly stop: () => Promise<void> }

/** Runs one long-lived part until a signal comes or its parent disappears. Exit code 2 when it could not start. */
export async function runPart(start: () => Promise<Part>, describe: (ready: Part['ready']) => string): Promise<void> {
  const supervised = process.env['WEIR_PARENT'] === '1' && process.send !== undefined;
  let part: Part;
  try {
    part = await start();
  } catch (failed) {
    const failure: Failure = failed instanceof CommandFailure ? failed.failure : isFailure(failed) ? failed : { code: 'cli.unexpected', message: String((failed as Error).stack ?? failed) };
    if (supervised) await new Promise<void>((resolve) => { process.send?.({ type: 'failed', failure }, undefined, undefined, () => resolve()); });
    else process.stderr.write(describeFailure(failure));
    process.exit(2);
  }
  if (supervised) process.send?.({ type: 'ready', ...part.ready });
  else process.stderr.write(`${describe(part.ready)}\n`);

  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    setTimeout(() => process.exit(0), 3500).unref();
    void part.stop().finally(() => process.exit(0));
  };
  if (supervised) {
    process.on('disconnect', leave);
    process.on('SIGINT', () => { /* Ctrl-C reaches the whole group; the parent stops its parts in order. */ });
  } else {
    process.on('SIGINT', leave);
  }
  process.on('SIGTERM', leave);
}

const isFailure = (value: unknown): value is Failure => typeof value === 'object' && value !== null && typeof (value as Failure).code === 'string' && !(value instanceof Error && (value as NodeJS.ErrnoException).errno !== undefined);
