import type { Failure } from '../../base/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { readDataDir, readExporters, readForward, readPorts } from '../settings.ts';
import { up } from '../up/up.ts';

export async function upCommand(options: { readonly demo: boolean; readonly forward?: string; readonly exporter: readonly string[] }): Promise<void> {
  const ports = unwrap(readPorts(process.env));
  const forward = unwrap(readForward(options.forward));
  unwrap(readExporters(options.exporter));
  try {
    await up({ ...ports, dataDir: readDataDir(process.env), token: process.env['WEIR_TOKEN'] || null, forward, exporters: options.exporter, demo: options.demo });
  } catch (failed) {
    throw new CommandFailure(failed as Failure);
  }
  process.exit(0);
}
