// The BFF: sessions, stores, the fleet's control plane and the live tail behind one port.
import type { RunningServer, ServerOptions } from './options.ts';

/** Starts a BFF. Throws ServerStartError, a Failure, when the address cannot be used. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  // Loaded when asked for: the one-shot tools that take only the KQL service from here stay quick.
  const main = await import('./main.ts');
  return main.startServer(options);
}

export { newVm } from './kql/index.ts';
export { loadKqlLanguage } from './kql-language.ts';
export type { RunningServer, ServerOptions } from './options.ts';
export { ServerStartError } from './start-error.ts';
