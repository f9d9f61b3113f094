import { AgentStartError, startAgent } from '../../agent/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { runPart } from '../parent.ts';
import { readCeiling, readDataDir, readExporters, readForward, readPorts } from '../settings.ts';

export async function agentCommand(options: { readonly forward?: string; readonly exporter: readonly string[]; readonly gzip?: boolean }): Promise<void> {
  await runPart(async () => {
    const ports = unwrap(readPorts(process.env));
    const server = process.env['WEIR_SERVER'] || null;
    const forward = unwrap(readForward(options.forward));
    if (server === null && forward === null) throw new CommandFailure({ code: 'cli.missing-setting', message: 'This agent has neither a server to get rules from nor a downstream to send records to.', help: 'Set WEIR_SERVER (for example ws://127.0.0.1:4300) and WEIR_AGENT_TOKEN, or give --forward URL, or both; `weir up` sets all of it.' });
    const agent = await startAgent({
      dataDir: readDataDir(process.env), otlpHttpPort: ports.otlpHttpPort, otlpGrpcPort: ports.otlpGrpcPort,
      server, agentToken: process.env['WEIR_AGENT_TOKEN'] || null,
      forward, exporters: unwrap(readExporters(options.exporter)), gzip: options.gzip === true, ...unwrap(readCeiling(process.env)),
    }).catch((failed: unknown) => { throw failed instanceof AgentStartError ? new CommandFailure(failed.failure) : failed; });
    const ready = { otlpHttp: `http://127.0.0.1:${agent.ports.http}`, otlpGrpc: `http://127.0.0.1:${agent.ports.grpc}`, id: agent.id };
    return { ready, stop: async () => { await agent.stop(); } };
  }, ({ id, otlpHttp, otlpGrpc }) => `Agent ${String(id)} takes OTLP/HTTP on ${String(otlpHttp)} and OTLP/gRPC on ${String(otlpGrpc)}.`);
}
