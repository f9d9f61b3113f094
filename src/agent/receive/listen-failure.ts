import type { Failure } from '../../base/index.ts';
import type { ReceiverAddress } from './types.ts';

/** An agent that cannot start; `failure` is what to show. */
export class AgentStartError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.help === undefined ? failure.message : `${failure.message} ${failure.help}`);
    this.failure = failure;
  }
}

/** `why` is an errno code, or whatever the library said. */
export function listenFailure(protocol: string, { host, port, portVariable }: ReceiverAddress, why: string): AgentStartError {
  const help = `Set ${portVariable} to another port (0 takes any free one).`;
  if (why.includes('EADDRINUSE')) return new AgentStartError({ code: 'agent.port_taken', message: `Port ${port} for ${protocol} on ${host} is taken by another program.`, help: `Stop that program, or: ${help[0]!.toLowerCase()}${help.slice(1)}` });
  if (why.includes('EACCES')) return new AgentStartError({ code: 'agent.port_forbidden', message: `This user may not listen on port ${port} for ${protocol}.`, help });
  return new AgentStartError({ code: 'agent.cannot_listen', message: `${protocol} cannot listen on ${host}:${port}: ${why}.`, help });
}
