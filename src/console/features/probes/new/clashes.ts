// What a new probe would do twice: a name that another has, a file, a port or a unit that another reads. Pure.
import type { FleetProbe, ProbeWhat } from '../../../../model/index.ts';
import { isTaken } from '../words.ts';

/** `tower-33`, else `tower-33-2`, … that no probe has which is in. */
export function freeName(name: string, probes: readonly FleetProbe[]): string {
  for (let turn = 1; turn <= probes.length + 1; turn++) {
    const tried = turn === 1 ? name : `${name.slice(0, 63 - `-${turn}`.length)}-${turn}`;
    if (!isTaken(tried, probes)) return tried;
  }
  return name;
}

export interface Clash { readonly probe: FleetProbe; /** What both read, as people write it. */ readonly both: string }

/** Log sources of this agent that read the same: every line would come twice. */
export function clashesOf(what: ProbeWhat | null, agent: string, probes: readonly FleetProbe[]): readonly Clash[] {
  if (what === null) return [];
  return probes.filter(probe => probe.agent.id === agent && probe.endedUnixMs === null).flatMap(probe => {
    const both = readByBoth(what, probe.what);
    return both === null ? [] : [{ probe, both }];
  });
}

function readByBoth(what: ProbeWhat, other: ProbeWhat): string | null {
  if (what.kind === 'file' && other.kind === 'file') return what.spec.paths.find(path => other.spec.paths.some(one => covers(one, path) || covers(path, one))) ?? null;
  if (what.kind === 'syslog' && other.kind === 'syslog') return (['udp', 'tcp'] as const).flatMap(protocol => { const port = what.spec[protocol]?.port; return port !== undefined && port !== 0 && port === other.spec[protocol]?.port ? [`${protocol.toUpperCase()} port ${port}`] : []; })[0] ?? null;
  if (what.kind !== 'journald' || other.kind !== 'journald') return null;
  const [mine, theirs] = [what.spec.units, other.spec.units];
  return mine.length === 0 ? theirs[0] ?? 'the whole journal' : theirs.length === 0 ? mine[0] ?? null : mine.find(unit => theirs.includes(unit)) ?? null;
}

/** `*` is any text without a slash, `**` any text, `?` one character. Linear times linear: both are short. */
export function covers(pattern: string, path: string): boolean {
  let [at, to] = [0, 0];
  let [star, mark, isDeep] = [-1, 0, false];
  while (to < path.length) {
    if (pattern[at] === '*') { isDeep = pattern[at + 1] === '*'; at += isDeep ? 2 : 1; star = at; mark = to; }
    else if (at < pattern.length && (pattern[at] === path[to] || (pattern[at] === '?' && path[to] !== '/'))) { at++; to++; }
    else if (star >= 0 && (isDeep || path[mark] !== '/')) { at = star; to = ++mark; }
    else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
