// The ports of `weir up`, settled before any part runs: every part must know them all, and a taken one is said at once.
import { createServer, type AddressInfo } from 'node:net';
import type { Failure } from '../../base/index.ts';
import type { PortSettings } from '../settings.ts';

export interface SettledPorts extends PortSettings {
  /** Where the demo shop takes its fault switches. */
  readonly controlPort: number;
}
interface Attempt { readonly variable: string; readonly what: string; readonly asked: number; readonly port: number; readonly error: string | null }

const host = '127.0.0.1';

/** The ports asked for, with a free one in place of each 0. Throws a Failure that names every unusable port and its setting. */
export async function settlePorts(asked: PortSettings): Promise<SettledPorts> {
  const [console, http, grpc, control] = await Promise.all([
    attempt('PORT', 'the console', asked.port),
    attempt('WEIR_OTLP_HTTP_PORT', 'OTLP/HTTP', asked.otlpHttpPort),
    attempt('WEIR_OTLP_GRPC_PORT', 'OTLP/gRPC', asked.otlpGrpcPort),
    attempt('', 'the demo shop’s switches', 0),
  ]);
  const refused = [console, http, grpc, control].filter((one) => one.error !== null);
  if (refused.length > 0) throw await refusal(refused);
  return { port: console.port, otlpHttpPort: http.port, otlpGrpcPort: grpc.port, controlPort: control.port };
}

async function refusal(refused: readonly Attempt[]): Promise<Failure> {
  const message = refused.map(({ asked, what, error }) => `Port ${asked} on ${host}, for ${what}, ${reasons[error ?? ''] ?? `cannot be used (${error})`}.`).join('\n      ');
  const others = await Promise.all(refused.map(async ({ variable, what }) => `${variable}=${(await attempt(variable, what, 0)).port}`));
  return { code: 'up.port-taken', message, help: `Stop that program (it may be another \`weir up\`), or choose another port: ${others.join(' ')} npm start` };
}

const reasons: Readonly<Record<string, string>> = { EADDRINUSE: 'is taken by another program', EACCES: 'needs rights that this user does not have' };

/** Listens on `port` for a moment. */
function attempt(variable: string, what: string, port: number): Promise<Attempt> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', (failed: NodeJS.ErrnoException) => resolve({ variable, what, asked: port, port, error: failed.code ?? failed.message }))
      .listen(port, host, () => {
        const given = (probe.address() as AddressInfo).port;
        probe.close(() => resolve({ variable, what, asked: port, port: given, error: null }));
      });
  });
}
