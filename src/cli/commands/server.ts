import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ServerStartError, startServer } from '../../server/index.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { CommandFailure, unwrap } from '../failure.ts';
import { runPart } from '../parent.ts';
import { readArtifactQuota, readDataDir, readPorts } from '../settings.ts';

/** The built console: beside the sources in a clone, beside the compiled code in the package. */
const consoleDir = ['../../../dist/console', '../../../console'].map((path) => join(import.meta.dirname, path)).find((path) => existsSync(path)) ?? join(import.meta.dirname, '../../../dist/console');

export async function serverCommand(): Promise<void> {
  await runPart(async () => {
    const ports = unwrap(readPorts(process.env));
    const server = await startServer({
      port: ports.port, dataDir: readDataDir(process.env), consoleDir,
      token: required('WEIR_TOKEN', 'what a person signs in with'), agentToken: required('WEIR_AGENT_TOKEN', 'what agents sign in with'),
      demoControlUrl: process.env['WEIR_DEMO_URL'] || null, environment: process.env['WEIR_ENVIRONMENT'] || 'local', version: packageJson.version,
      otlp: { http: `http://127.0.0.1:${ports.otlpHttpPort}`, grpc: `http://127.0.0.1:${ports.otlpGrpcPort}` }, log: true, ...unwrap(readArtifactQuota(process.env)),
    }).catch((failed: unknown) => { throw failed instanceof ServerStartError ? new CommandFailure({ code: 'server.start', help: failed.help, message: failed.message }) : failed; });
    return { ready: { url: server.url }, stop: server.stop };
  }, ({ url }) => `BFF on ${String(url)}; sign in with ${String(url)}/?token=… (the value of WEIR_TOKEN).`);
}

function required(name: string, what: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new CommandFailure({ code: 'cli.missing-setting', message: `${name} is not set; it is ${what}.`, help: `Set ${name} to a long random text, or use \`weir up\`, which makes one.` });
}
