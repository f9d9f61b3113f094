// `weir probe KIND`: one probe on this machine by the code and within the limits of an agent. Records go to stdout, one JSON document a line; what
// a person should know goes to stderr. Exit code 0: it ran, and nothing is left; 2: it could not, and why, or what is left of it. Whatever ends it, it is taken
// out first, unless somebody presses Ctrl-C twice (130).
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { cleanTerminals, GovernedProbe, type LedgerEntry, measureOf, openTerminalLedger, problemOf, terminalFolder, valueRedactor, type TerminalLedger } from '../../agent/probes/governed/index.ts';
import { objectionTo, objectionToBinaryOf } from '../../agent/probes/desk/index.ts';
import { directoryFiles, systemClock, unixMs } from '../../agent/ports/index.ts';
import { resolveTarget } from '../../agent/processes/index.ts';
import { cordHere, watchCordHere } from '../../agent/rip-cord/index.ts';
import type { ActionTarget, AgentProcess, DynamicProbeKind, ProbeReport, ProbeRequest } from '../../model/index.ts';
import { CommandFailure, unwrap } from '../failure.ts';
import { readDataDir } from '../settings.ts';
import { probesHere, type ProbesHere } from './probes-here.ts';
import { BoundedPrint } from './bounded-print.ts';
import { leftIn, takeOutLater, wordsOfLeft } from './probe-left.ts';
import { lineOutput } from './probe-lines.ts';
import { askedProbe, targetOf, wantsProgram, type ProbeOptions } from './probe-options.ts';

const leaveEveryMs = 500;
interface Ran { readonly report: ProbeReport; readonly left: readonly LedgerEntry[]; /** Records that standard output did not take. */ readonly unprinted: number }

export async function probeCommand(kind: DynamicProbeKind, options: ProbeOptions): Promise<void> {
  const early = wantsProgram(kind, options) ? null : askedProbe(kind, options);
  const here = await probesHere();
  await takeOutLeft(here);
  await mayRun(here, kind);
  const named = targetOf(options);
  const target = named === null ? null : await processOf(here, named);
  if (target === null && here.mechanisms[kind].about === 'one') throw new CommandFailure({ code: 'cli.no-target', message: `A ${kind} needs a process, and none is named.`, help: 'Name it with --pid or --match.' });
  const asked = early ?? askedProbe(kind, { ...options, bin: await programOf(here, target) });
  const against = await objectionToBinaryOf(here, asked.what, target !== null);
  if (against !== null) throw failureOf(against);
  const terminal = await openTerminalLedger(terminalFolder(process.env), here.self);
  const request: ProbeRequest = { ...asked, id: randomUUID(), owner: `${userInfo().username}@${hostname()}`.slice(0, 200), createdUnixMs: unixMs(systemClock), reason: 'weir probe' };
  try {
    await endedAs(here, await run(here, terminal, request, target));
  } finally {
    await terminal.close();
    await here.close();
    leaveSoon();
  }
}

/** Connections to a process that stands still keep nobody here: Weir leaves when what it has to say is said. */
function leaveSoon(): void {
  setInterval(() => { if (process.stdout.writableLength === 0) process.exit(); }, leaveEveryMs).unref();
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

/** Of a container: as that sees it. */
async function programOf({ proc }: ProbesHere, target: AgentProcess | null): Promise<string> {
  const program = target === null ? null : await proc.link(target.pid, 'exe');
  if (program === null) throw new CommandFailure({ code: 'cli.no-binary', message: `Which program process ${target?.pid ?? ''} runs is not to be read.`, help: 'Name it with --bin PATH.' });
  return program;
}

/** Resolves with its last report, when it is out or could not be taken out. */
async function run({ mechanisms }: ProbesHere, { ledger }: TerminalLedger, request: ProbeRequest, target: AgentProcess | null): Promise<Ran> {
  const noted = await ledger.begin(request, unixMs(systemClock));
  if (!noted.ok) throw new CommandFailure(noted.error);
  const over = Promise.withResolvers<ProbeReport>();
  const [paused, told] = [new PauseTeller(), new NoteTeller()];
  const print = new BoundedPrint(process.stdout, () => { say('standard output is not read as fast as records come: those that find no room are left out, and counted.'); });
  const probe = new GovernedProbe({
    request, mechanism: mechanisms[request.what.kind as DynamicProbeKind], waits: false,
    ports: {
      clock: systemClock, redact: valueRedactor(), output: lineOutput((text, lines) => { print.lines(text, lines); }),
      note: (id, place, left) => ledger.note(id, place, left), settle: async (id, place) => { await ledger.settle(id, place); },
      changed: (of) => { const report = of.report(); told.see(report); if (report.end !== null) over.resolve(report); else paused.see(report); },
    },
  });
  const keys = untilTold(probe);
  const unwatch = watchCordHere(agentFolder(), directoryFiles(agentFolder()), () => unixMs(systemClock), (why) => { void probe.end('rip-cord', problemOf(why)); });
  await probe.insert(target);
  if (!probe.isOver) say(`${whereOf(probe.report())}; ends after ${request.limits.expiresAfterMs / 1000} s${measureOf(request) === null ? ` or ${request.limits.maxHits} records` : ''}, or on Ctrl-C.`);
  const report = await over.promise;
  await ledger.finish(request.id);
  if (leftIn(ledger).length > 0) { keys.hurry(); say('it could not be taken out: tries again for 10 s. Ctrl-C ends at once.'); }
  const left = await takeOutLater(ledger, mechanisms);
  keys.off();
  unwatch();
  return { report, left, unprinted: print.dropped };
}

/** Who cannot wait: what is noted as left the next Weir takes out. */
function leaveNow(): never {
  say('ended at once. What it may have left in the process is noted: the next weir probe of this user takes it out, or the agent at its next start.');
  process.exit(130);
}

/** Ctrl-C, the end of the terminal, and a reader that has enough: each takes it out first. A second Ctrl-C waits for nothing. */
function untilTold(probe: GovernedProbe): { off(): void; /** From now on the first Ctrl-C is the second. */ hurry(): void } {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let asked = 0;
  const end = (): void => { void probe.end('removed'); };
  const tell = (): void => { if (++asked > 1) leaveNow(); end(); };
  for (const signal of signals) process.on(signal, tell);
  // The program ends at once when nobody reads, which would leave the probe in.
  const others = process.stdout.listeners('error');
  process.stdout.removeAllListeners('error').on('error', end);
  const off = (): void => {
    for (const signal of signals) process.off(signal, tell);
    process.stdout.off('error', end);
    process.stdout.on('error', () => { /* nobody reads any more */ });
    for (const other of others) process.stdout.on('error', other as (error: Error) => void);
  };
  return { off, hurry: () => { asked++; } };
}

/** What a person should know of how it counts, each once. */
class NoteTeller {
  readonly #told = new Set<string>();
  see({ notes }: ProbeReport): void {
    for (const note of notes) if (!this.#told.has(note)) { this.#told.add(note); say(note); }
  }
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

async function endedAs(here: ProbesHere, { report, left, unprinted }: Ran): Promise<void> {
  const { end, hits, emitted, suppressed, places, why } = report;
  const isFailed = end === 'refused' || end === 'fault';
  const failed = why ?? { code: 'probe.failed', message: 'It could not be inserted.' };
  if (isFailed && left.length === 0) throw failureOf(failed);
  const rate = places[0]?.trueRate ?? null;
  if (!isFailed) say(`${hits} hits, ${emitted - unprinted} told${unprinted > 0 ? `, ${unprinted} left out because standard output was not read` : ''}${suppressed > 0 ? `, ${suppressed} kept back by its bounds` : ''}${(places[0]?.pauses ?? 0) > 0 && rate !== null ? `; about ${Math.round(rate)} a second while it was in` : ''}. ${left.length > 0 ? 'It could not be taken out.' : words[end ?? 'removed'] ?? 'It was taken out.'}`);
  if (left.length > 0) throw failureOf({ code: 'probe.not-removed', message: `${isFailed ? failed.message : 'The process does not answer.'} ${await wordsOfLeft(left, here)}`, help: 'Let the process go on (kill -CONT), or end it. The next weir probe of this user takes out what is left, or the agent at its next start.' });
}

const words: Partial<Record<NonNullable<ProbeReport['end']>, string>> = { expired: 'Its time is over; it is taken out.', quota: 'It made as many records as asked for; it is taken out.', removed: 'It is taken out.', 'process-gone': 'The process has ended.', 'rip-cord': 'The rip cord was pulled; it is taken out.' };
const whereOf = ({ places: [place] }: ProbeReport): string => `${place?.means ?? 'probe'}${place?.resolved === null || place === undefined ? '' : ` at ${place.resolved}`}${place?.process ? ` in ${place.process.service ?? place.process.name} (pid ${place.process.pid})` : ''}`;
const failureOf = ({ code, message, help }: { readonly code: string; readonly message: string; readonly help?: string | undefined }): CommandFailure => new CommandFailure(help === undefined ? { code, message } : { code, message, help });
const say = (text: string): void => { process.stderr.write(`weir: ${text}\n`); };
