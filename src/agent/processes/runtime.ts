// What runs a process, told from its program and its libraries, and which version, where a file beside the program says so.
// The program itself is never run to ask it: it belongs to somebody else.
import { basename, dirname, join } from 'node:path';
import type { AgentProcess } from '../../model/index.ts';
import { readBounded } from './proc.ts';

export type Runtime = AgentProcess['runtime'];

export function runtimeOfProgram(exe: string): Runtime | null {
  const name = basename(exe.replace(/ \(deleted\)$/, ''));
  if (/^(node|nodejs)(-?\d[\d.]*)?$/.test(name)) return 'node';
  if (/^javaw?$/.test(name)) return 'jvm';
  if (/^(python|pypy)[\d.]*$/.test(name)) return 'python';
  return null;
}

/** Programs that bring a runtime along as a library. `maps` is /proc/PID/maps. */
export function runtimeOfMaps(maps: string): Runtime {
  if (/\/libjvm\.so/.test(maps)) return 'jvm';
  if (/\/libnode\.so/.test(maps)) return 'node';
  if (/\/libpython\d[\d.]*\.so/.test(maps)) return 'python';
  return 'native';
}

/** Null when nothing nearby tells. `root` is /proc/PID/root: the process may live in another file system. */
export async function runtimeVersion(runtime: Runtime, exe: string, root: string): Promise<string | null> {
  if (runtime === 'node') return nodeVersion(exe, root);
  if (runtime === 'jvm') return versionIn(join(root, dirname(dirname(exe)), 'release'), /^JAVA_VERSION="([^"]{1,40})"/m);
  if (runtime === 'python') return /python(\d+\.\d+)$/.exec(exe)?.[1] ?? null;
  return null;
}

async function nodeVersion(exe: string, root: string): Promise<string | null> {
  const named = /\/v?(\d+\.\d+\.\d+)\/(?:installation\/)?bin\/node$/.exec(exe)?.[1];
  if (named !== undefined) return named;
  const header = await readBounded(join(root, dirname(dirname(exe)), 'include/node/node_version.h'), 16_384);
  const parts = ['MAJOR', 'MINOR', 'PATCH'].map((part) => new RegExp(`define NODE_${part}_VERSION (\\d+)`).exec(header ?? '')?.[1]);
  if (parts.every((part) => part !== undefined)) return parts.join('.');
  return versionIn(join(root, dirname(dirname(exe)), 'package.json'), /"version":\s*"(\d+\.\d+\.\d+)"/);
}

async function versionIn(path: string, pattern: RegExp): Promise<string | null> {
  return pattern.exec(await readBounded(path, 16_384) ?? '')?.[1] ?? null;
}
