// What a BFF is started with.
import type { Clock } from '../base/index.ts';
import type { ArtifactBounds } from './artifacts/index.ts';
import type { KqlCompiler } from './ports/compiler.ts';

export interface ServerOptions {
  /** An address to listen on; loopback unless somebody knows better. */
  readonly host?: string;
  /** 0: any free port. */
  readonly port: number;
  /** Made when missing; holds the store and the session key. */
  readonly dataDir: string;
  /** What a person signs in with, and automation sends as a Bearer token. */
  readonly token: string;
  /** What agents send as a Bearer token. */
  readonly agentToken: string;
  /** The built console, `dist/console`. */
  readonly consoleDir: string;
  /** Base URL of the demo shop's fault switches; null without the shop. */
  readonly demoControlUrl: string | null;
  /** Shown in the console's top bar: `local`, `staging`, … */
  readonly environment: string;
  readonly version: string;
  /** Where applications send OTLP on this machine, for the console to show. */
  readonly otlp: { readonly http: string; readonly grpc: string };
  /** Host names beside the loopback ones to answer to (DNS rebinding guard). */
  readonly allowedHosts?: readonly string[];
  /** The share of one CPU that an agent may take before the console calls it too much. */
  readonly cpuBudgetShare?: number;
  readonly requestsPerMinute?: number;
  readonly maxTails?: number;
  /** Quota and age of artifacts, and their other bounds. */
  readonly artifacts?: Partial<ArtifactBounds>;
  /** Errors and warnings as JSON lines on stderr. */
  readonly log?: boolean;
  readonly clock?: Clock;
  readonly random?: Random;
  /** The default compiles in a worker thread. */
  readonly compiler?: KqlCompiler;
}

export interface Random {
  /** Unique and hard to guess, [a-z0-9-]. */
  id(): string;
  /** 32 random bits. */
  u32(): number;
}

export interface RunningServer {
  /** `http://127.0.0.1:4300`, without the token. */
  readonly url: string;
  /** The address for a person: signs the browser in. */
  readonly signInUrl: string;
  readonly port: number;
  /** Closes every connection, then the store. */
  stop(): Promise<void>;
}
