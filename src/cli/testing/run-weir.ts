// Runs the real `weir` program as a child process, as a terminal would, and collects what it prints.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { vi } from 'vitest';

// Programs are started one after the other; on a busy machine each can take seconds.
vi.setConfig({ testTimeout: 180_000 });

const main = join(import.meta.dirname, '../main.ts');

export interface Ended { readonly code: number | null; readonly stdout: string; readonly stderr: string }
export interface RunOptions {
  /** Standard input; empty without it. */
  readonly input?: string | Uint8Array;
  /** On top of this process's environment without anything of Weir's; undefined takes one away. */
  readonly env?: NodeJS.ProcessEnv;
}

const weirSettings = /^(WEIR_|PORT$|NODE_OPTIONS$|VITEST)/;

/** This process's environment without anything of Weir's. */
export const environmentWithoutWeir = (): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(process.env).filter(([name]) => !weirSettings.test(name)));

export function runWeir(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return ended(startWeir(args, options));
}

/** A group of its own, so that a test can send it what a terminal sends on Ctrl-C. */
export function startWeir(args: readonly string[], { input = '', env = {} }: RunOptions = {}): ChildProcess {
  const child = spawn(process.execPath, [main, ...args], { env: { ...environmentWithoutWeir(), ...env }, stdio: 'pipe', detached: true });
  child.stdin.on('error', () => { /* a program that ends early does not read it all */ });
  child.stdin.end(input);
  return child;
}

export function ended(child: ChildProcess): Promise<Ended> {
  const out = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => { out.stdout += chunk; });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => { out.stderr += chunk; });
  return new Promise((resolve) => { child.once('close', (code) => resolve({ code, ...out })); });
}

/** The JSON documents of an output with one a line. */
export const jsonLines = <T = unknown>(text: string): T[] => text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T);
