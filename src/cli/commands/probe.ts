// `weir probe KIND`: one probe on this machine by the code and within the limits of an agent. Records go to stdout, one JSON document a line; what
// a person should know goes to stderr. Exit code 0: it ran; 2: it could not, and why. Whatever ends it, it is taken out first.
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { cleanTerminals, GovernedProbe, openTerminalLedger, problemOf, terminalFolder, valueRedactor, type TerminalLedger } from '../../agent/probes/governed/index.ts';
import { objectionTo } from '../../agent/probes/desk/index.ts';
import { directoryFiles, systemClock, unixMs } from '../../agent/ports/index.ts';
import { resolveTarget } from '../../agent/processes/index.ts';
import { cordHere, watchCordHere } from '../../agent/rip-cord/index.ts';
import type { ActionTarget, AgentProcess, DynamicProbeKind, ProbeReport, ProbeRequest } from '../../model/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { readDataDir } from '../settings.ts';
import { probesHere, type ProbesHere } from './probes-here.ts';
import { lineOutput } from './probe-lines.ts';
import { askedProbe, type ProbeOptions } from './probe-options.ts';

export async function probeCommand(kind: DynamicProbeKind, options: ProbeOptions): Promise<void> {
  const asked = askedProbe(kind, options);
  const here = await probesHere();
  await takeOutLeft(here);
  await mayRun(here, kind);
  const mechanism = here.mechanisms[kind];
  const target = asked.target === null ? null : await processOf(here, asked.target);
  if (target === null && mechanism.about === 'one') throw new CommandFailure({ code: 'cli.no-target', message: `A ${kind} needs a process, and none is named.`, help: 'Name it with --pid or --match.' });
  const terminal = await openTerminalLedger(terminalFolder(process.env), here.self);
  const request: ProbeRequest = { ...asked, id: randomUUID(), owner: `${userInfo().username}@${hostname()}`.slice(0, 200), createdUnixMs: unixMs(systemClock), reason: 'weir probe' };
  try {
    endedAs(await run(here, terminal, request, target));
  } finally {
    await terminal.close();
    await here.close();
  }
}

/** What killed runs of this user left in processes. */
async function takeOutLeft({ proc, mechanisms }: ProbesHere): Promise<void> {
  const { removed, problem } = await cleanTerminals(terminalFolder(process.env), proc, mechanisms);
  if (removed > 0) say(`took out what ${removed === 1 ? 'a probe' : `${removed} probes`} of a killed weir had left.`);
  if (problem !== '') say(problem);
}

const agentFolder = (): string => join(resolve(readDataDir(process.env)), 'agent');

/** What this machine's owner allows, and its rip cord, hold for terminals too. */
export async function mayRun({ mechanisms, policy }: ProbesHere, kind: DynamicProbeKind): Promise<void> {
  const cord = await cordHere(directoryFiles(agentFolder()), unixMs(systemClock));
  const against = await objectionTo({ ripCord: () => cord === null ? null : { ...cord }, policy }, kind, true) ?? await mechanisms[kind].problem();
  if (against !== null) throw failureOf(against);
}

async function processOf({ processes }: ProbesHere, target: ActionTarget): Promise<AgentProcess> {
  await processes.list();
  return unwrap(await resolveTarget(processes, target));
}

/** Resolves with its last report, when it is out. */
async function run({ mechanisms }: ProbesHere, { ledger }: TerminalLedger, request: ProbeRequest, target: AgentProcess | null): Promise<ProbeReport> {
  const noted = await ledger.begin(request, unixMs(systemClock));
  if (!noted.ok) throw new CommandFailure(noted.error);
  const over = Promise.withResolvers<ProbeReport>();
  const paused = new PauseTeller();
  const probe = new GovernedProbe({
    request, mechanism: mechanisms[request.what.kind as DynamicProbeKind], waits: false,
    ports: {
      clock: systemClock, redact: valueRedactor(), output: lineOutput((text) => { process.stdout.write(text); }),
      note: (id, place, left) => ledger.note(id, place, left), settle: async (id, place) => { await ledger.settle(id, place); },
      changed: (of) => { const report = of.report(); if (report.end !== null) over.resolve(report); else paused.see(report); },
    },
  });
  const letGo = untilTold(probe);
  const unwatch = watchCordHere(agentFolder(), directoryFiles(agentFolder()), () => unixMs(systemClock), (why) => { void probe.end('rip-cord', problemOf(why)); });
  await probe.insert(target);
  if (!probe.isOver) say(`${whereOf(probe.report())}; ends after ${request.limits.expiresAfterMs / 1000} s or ${request.limits.maxHits} hits, or on Ctrl-C.`);
  const report = await over.promise;
  letGo();
  unwatch();
  await ledger.finish(request.id);
  return report;
}

/** Ctrl-C, the end of the terminal, and a reader that has enough: each takes it out first. */
function untilTold(probe: GovernedProbe): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const end = (): void => { void probe.end('removed'); };
  for (const signal of signals) process.on(signal, end);
  // The program ends at once when nobody reads, which would leave the probe in.
  const others = process.stdout.listeners('error');
  process.stdout.removeAllListeners('error').on('error', end);
  return () => {
    for (const signal of signals) process.off(signal, end);
    process.stdout.off('error', end);
    process.stdout.on('error', () => { /* nobody reads any more */ });
    for (const other of others) process.stdout.on('error', other as (error: Error) => void);
  };
}

class PauseTeller {
  #pauses = 0;
  see({ state, places }: ProbeReport): void {
    const pauses = places.reduce((sum, place) => sum + place.pauses, 0);
    if (state !== 'paused' || pauses === this.#pauses) return;
    this.#pauses = pauses;
    const until = places[0]?.pausedUntilUnixMs ?? null;
    if (pauses === 1) say(`hits come faster than its bounds allow (--rate, --max-cpu); it pauses${until === null ? '' : ` for ${((until - Date.now()) / 1000).toFixed(1)} s`} and comes back, again and again.`);
  }
}

function endedAs(report: ProbeReport): void {
  const { end, hits, emitted, suppressed, places, why } = report;
  if (end === 'refused' || end === 'fault') throw failureOf(why ?? { code: 'probe.failed', message: 'It could not be inserted.' });
  const rate = places[0]?.trueRate ?? null;
  say(`${hits} hits, ${emitted} told${suppressed > 0 ? `, ${suppressed} kept back by its bounds` : ''}${(places[0]?.pauses ?? 0) > 0 && rate !== null ? `; about ${Math.round(rate)} a second while it was in` : ''}. ${words[end ?? 'removed'] ?? 'It was taken out.'}`);
  if (report.state === 'failed' && why !== null) throw failureOf(why);
}

const words: Partial<Record<NonNullable<ProbeReport['end']>, string>> = { expired: 'Its time is over; it is taken out.', quota: 'It had as many hits as asked for; it is taken out.', removed: 'It is taken out.', 'process-gone': 'The process has ended.', 'rip-cord': 'The rip cord was pulled; it is taken out.' };
const whereOf = ({ places: [place] }: ProbeReport): string => `${place?.means ?? 'probe'}${place?.resolved === null || place === undefined ? '' : ` at ${place.resolved}`}${place?.process ? ` in ${place.process.service ?? place.process.name} (pid ${place.process.pid})` : ''}`;
const failureOf = ({ code, message, help }: { readonly code: string; readonly message: string; readonly help?: string | undefined }): CommandFailure => new CommandFailure(help === undefined ? { code, message } : { code, message, help });
const say = (text: string): void => { process.stderr.write(`weir: ${text}\n`); };
