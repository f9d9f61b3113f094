// Why a server could not start, as a Failure that the command line shows.
import type { Failure } from '../base/index.ts';

export class ServerStartError extends Error implements Failure {
  readonly code: string;
  readonly help?: string;
  constructor({ code, message, help }: Failure, cause?: unknown) {
    super(message, { cause });
    this.name = 'ServerStartError';
    this.code = code;
    if (help !== undefined) this.help = help;
  }
}

/** Turns what listening throws into words; anything unknown comes back as it is. */
export function explainListenError(error: unknown, host: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') return new ServerStartError({ code: 'server.port-taken', message: `Port ${port} on ${host} is taken by another program, so the console cannot be served there.`, help: `Stop that program, or choose another port: PORT=${port + 1} npm start` }, error);
  if (code === 'EACCES') return new ServerStartError({ code: 'server.port-forbidden', message: `This user may not listen on port ${port}.`, help: 'Choose a port above 1023: PORT=4300 npm start' }, error);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new ServerStartError({ code: 'server.host-unknown', message: `This machine has no address ${host} to listen on.`, help: 'Use 127.0.0.1, or an address of this machine.' }, error);
  return error;
}
