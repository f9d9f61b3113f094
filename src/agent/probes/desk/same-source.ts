// Two static probes of one agent that would read the same file, journal or port: every line would come twice, or the second would get nothing.
import type { Result } from '../../../base/index.ts';
import type { ActionProblem, FileTailSpec, JournaldSpec, ProbeRequest, ProbeWhat, SyslogSpec } from '../../../model/index.ts';
import { chooseFiles, compiled, isLiteral, matches } from '../../actions/index.ts';

/** `others`: static probes that this agent has. `allowed`: globs of files that may be read; files that two patterns both name are looked for among them.
 *  Null: nothing of it is read by another. */
export async function sameSource({ kind, spec }: ProbeWhat, others: readonly ProbeRequest[], allowed: () => Promise<Result<readonly string[]>>, signal: AbortSignal): Promise<ActionProblem | null> {
  for (const { name, what } of others) {
    const shared = kind === 'syslog' && what.kind === 'syslog' ? samePort(spec, what.spec)
      : kind === 'journald' && what.kind === 'journald' ? sameUnits(spec, what.spec)
      : kind === 'file' && what.kind === 'file' ? await sameFile(spec, what.spec, allowed, signal) : null;
    if (shared !== null) return problemOf(kind, name, shared);
  }
  return null;
}

const problemOf = (kind: ProbeWhat['kind'], name: string, shared: string): ActionProblem => (kind === 'syslog'
  ? { code: 'probe.port-taken', message: `${shared} is taken by the probe ${name} of this agent.`, help: 'Use that one, remove it first, or choose another port; 0 takes any free one.' }
  : { code: 'probe.same-source', message: `The probe ${name} of this agent reads ${shared} already: every line would come twice.`, help: 'Use that one, remove it first, or name others.' });

type Address = { readonly host: string; readonly port: number } | undefined;

/** 0 is another port each time. */
function samePort(one: SyslogSpec, other: SyslogSpec): string | null {
  const isSame = (a: Address, b: Address): a is NonNullable<Address> => a !== undefined && b !== undefined && a.port !== 0 && a.port === b.port && (a.host === b.host || isEvery(a.host) || isEvery(b.host));
  if (isSame(one.udp, other.udp)) return `UDP port ${one.udp.port}`;
  return isSame(one.tcp, other.tcp) ? `TCP port ${one.tcp.port}` : null;
}

const isEvery = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** None named: all of them. */
function sameUnits(one: JournaldSpec, other: JournaldSpec): string | null {
  if (one.units.length === 0 || other.units.length === 0) return one.units.length === other.units.length ? 'the journal' : `${[...one.units, ...other.units].slice(0, 3).join(', ')} in the journal`;
  const shared = one.units.filter((unit) => other.units.includes(unit));
  return shared.length === 0 ? null : `${shared.slice(0, 3).join(', ')} in the journal`;
}

/** By their words where one of two is no pattern; of two patterns by the files that are there. */
async function sameFile(one: FileTailSpec, other: FileTailSpec, allowed: () => Promise<Result<readonly string[]>>, signal: AbortSignal): Promise<string | null> {
  const [mine, theirs] = [one.paths, other.paths].map((paths) => paths.flatMap((path) => compiled(path, null)));
  for (const a of mine ?? []) for (const b of theirs ?? []) {
    if (a.path === b.path || (isLiteral(a) && matches(b, a.path))) return a.path;
    if (isLiteral(b) && matches(a, b.path)) return b.path;
  }
  const list = (mine ?? []).some((each) => !isLiteral(each)) && (theirs ?? []).some((each) => !isLiteral(each)) ? await allowed() : null;
  if (list?.ok !== true) return null;
  const { files } = await chooseFiles(list.value, one.paths, null, signal);
  return files.find(({ path, real }) => theirs?.some((each) => matches(each, path) || matches(each, real)))?.path ?? null;
}
