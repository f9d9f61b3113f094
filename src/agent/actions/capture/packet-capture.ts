// packet-capture: what goes over the network, by tcpdump or dumpcap, which write to us: bounds of time, size and packets are kept here,
// and the file is pcapng. With a process and no filter, the ports that it listens on or is connected by.
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { failure, type Result } from '../../../base/index.ts';
import type { AgentProcess } from '../../../model/index.ts';
import { type Proc } from '../../processes/index.ts';
import { type Action, type Ask, harmless, megabytes, nameOf, problem, type Problem, type Run, seconds } from '../contract.ts';
import { lastWords, missingTool, present, type Rights, type ToolEnd, type Tools } from '../tools/index.ts';
import { lastFor, throwIfAborted } from '../wait.ts';
import { PcapToPcapng } from './pcap-to-pcapng.ts';
import { portsFilter, portsOf } from './ports-filter.ts';

interface Ports { readonly tools: Tools; readonly rights: Rights; readonly proc: Proc }
type CaptureAsk = Ask<'packet-capture'>;
interface Wanted { readonly durationMs: number; readonly interface: string; readonly snapLength: number; readonly maxBytes: number; readonly maxPackets: number; readonly filter: string }

const defaults = { durationMs: 10_000, interface: 'any', snapLength: 65_535, maxBytes: 64 * 1024 * 1024, maxPackets: 1_000_000 };
/** What the tool needs to start and to hand over its last packets. */
const graceMs = 10_000;

export function packetCapture(ports: Ports): Action<'packet-capture'> {
  return {
    about: 'maybe',
    async estimate(ask) {
      const tool = await toolOf(ports.tools);
      return harmless(tool ?? 'tcpdump', {
        durationMs: ask.parameters.durationMs ?? defaults.durationMs, pauseMs: 0, diskBytes: ask.parameters.maxBytes ?? defaults.maxBytes, sensitive: true,
        risk: { level: 'medium', reasons: ['Packets hold what was sent, secrets included: no detector can mask them.'] }, problems: await problemsOf(ports, ask, tool),
      });
    },
    async run(ask, run) {
      const filter = ask.parameters.filter ?? (ask.process === null ? '' : await portsFilter(ports.proc, ask.process, run));
      return captured(ports.tools, { ...defaults, ...given(ask), filter }, ask.process, run);
    },
  };
}

/** Without what was left out, which would hide the defaults. */
const given = (ask: CaptureAsk): Partial<Wanted> => Object.fromEntries(Object.entries(ask.parameters).filter(([, value]) => value !== undefined));

const toolOf = async (tools: Tools): Promise<'tcpdump' | 'dumpcap' | null> => (await tools.find('tcpdump') !== null ? 'tcpdump' : await tools.find('dumpcap') !== null ? 'dumpcap' : null);

async function problemsOf({ rights, proc }: Ports, { process, parameters }: CaptureAsk, tool: string | null): Promise<Problem[]> {
  const [mine, its] = [await proc.link('self', 'ns/net'), process === null ? null : await proc.link(process.pid, 'ns/net')];
  const elsewhere = process !== null && its !== null && mine !== its ? problem('action.other-namespace', `${nameOf(process)} runs in another network namespace (a container): its packets may not be seen from here.`, 'Run an agent in the same pod or container, or force it to capture on this side.', true) : null;
  const silent = process !== null && (parameters.filter ?? '') === '' && (await portsOf(proc, process.pid)).length === 0;
  const wide = silent ? problem('action.no-sockets', `${nameOf(process)} has no TCP or UDP socket now, so nothing says which packets are its own: everything on the interface would be taken.`, 'Choose another process, give a filter, or force it to take everything.', true) : null;
  return present(tool === null ? missingTool('tcpdump', 'a packet capture') : null, await rights.cannotCapture(), elsewhere, wide);
}

async function captured(tools: Tools, wanted: Wanted, process: AgentProcess | null, run: Run): Promise<Result<void>> {
  const name = `packets-${process === null ? 'machine' : String(process.pid)}.pcapng`;
  const draft = await run.open(name);
  if (!draft.ok) return draft;
  const fromUnixMs = run.nowUnixMs();
  const file = new CaptureFile(draft.value.path, Math.min(run.maxBytes, wanted.maxBytes));
  const ended = await listen(tools, wanted, file, run).finally(() => file.end());
  const problem = run.signal.aborted ? null : endProblem(ended, file);
  if (run.signal.aborted || problem !== null) await draft.value.discard();
  throwIfAborted(run.signal);
  if (problem !== null) return problem;
  tell(run, file, ended.ok ? ended.value : null);
  return run.keep(draft.value, {
    kind: 'packet-capture', format: 'pcapng', name, sensitive: true, summary: `${file.packets} packets${process === null ? '' : ` of ${nameOf(process)}`} on ${wanted.interface}${wanted.filter === '' ? '' : `, ${wanted.filter.slice(0, 200)}`}`,
    fromUnixMs, toUnixMs: run.nowUnixMs(), figures: { packets: file.packets },
  });
}

async function listen(tools: Tools, wanted: Wanted, file: CaptureFile, run: Run): Promise<Result<ToolEnd>> {
  const tool = await toolOf(tools) ?? 'tcpdump';
  const over = new AbortController();
  const signal = AbortSignal.any([run.signal, over.signal, file.full]);
  const working = tools.run(tool, argumentsOf(tool, wanted), { signal, timeoutMs: wanted.durationMs + graceMs * 2, stopSignal: 'SIGINT', onOutput: (chunk) => file.write(chunk) });
  // The time counts from the first bytes on: they come when the tool really listens.
  await lastFor(graceMs, run, 'Starting to listen', 0, 0.02, Promise.race([working, file.begun]));
  await lastFor(wanted.durationMs, run, `Listening on ${wanted.interface} for ${seconds(wanted.durationMs)}`, 0.02, 0.95, working);
  over.abort();
  return working;
}

function argumentsOf(tool: 'tcpdump' | 'dumpcap', { interface: on, snapLength, maxPackets, filter }: Wanted): string[] {
  if (tool === 'dumpcap') return ['-i', on, '-s', String(snapLength), '-c', String(maxPackets), '-P', '-q', '-w', '-', ...(filter === '' ? [] : ['-f', filter])];
  return ['-i', on, '-n', '-U', '-s', String(snapLength), '-c', String(maxPackets), '-w', '-', ...(filter === '' ? [] : ['--', filter])];
}

/** A tool that we told to stop has done its work, whatever its code; one that gave no header has not. */
function endProblem(ended: Result<ToolEnd>, file: CaptureFile): Result<never> | null {
  if (!ended.ok) return ended;
  if (file.problem !== null) return failure('action.unwritable', `The capture could not be kept: ${file.problem}.`, 'See that there is space on the disk of the agent.');
  return file.hasHeader ? null : failure('action.tool-failed', `The capture did not start: ${lastWords(ended.value)}`, 'Check the interface, the filter (pcap-filter(7)) and that Weir may capture (CAP_NET_RAW).');
}

function tell(run: Run, file: CaptureFile, end: ToolEnd | null): void {
  run.figure('packets', file.packets);
  run.figure('wireBytes', file.wireBytes);
  const dropped = Number(/(\d+) packets? dropped by kernel/.exec(end?.stderr ?? '')?.[1] ?? 0);
  if (dropped > 0) { run.figure('droppedPackets', dropped); run.note(`The kernel dropped ${dropped} packets: there were more than could be taken.`); }
  if (file.full.aborted) run.note(`It ended when its size had reached ${megabytes(file.maxBytes)}.`);
  if (file.packets === 0) run.note('No packet matched in that time.');
}

class CaptureFile {
  readonly maxBytes: number;
  hasHeader = false;
  problem: string | null = null;
  readonly begun: Promise<void>;
  readonly #file: WriteStream;
  readonly #convert = new PcapToPcapng();
  readonly #full = new AbortController();
  #began: () => void = () => undefined;
  #bytes = 0;

  constructor(path: string, maxBytes: number) {
    this.maxBytes = maxBytes;
    this.begun = new Promise((resolve) => { this.#began = resolve; });
    this.#file = createWriteStream(path, { mode: 0o600 });
    this.#file.on('error', (failed) => { this.problem ??= failed.message; this.#full.abort(); });
  }

  get packets(): number { return this.#convert.packets; }
  get wireBytes(): number { return this.#convert.wireBytes; }
  /** Aborts when no more fits. */
  get full(): AbortSignal { return this.#full.signal; }

  async write(chunk: Buffer): Promise<void> {
    if (this.#full.signal.aborted) return;
    try {
      const blocks = this.#convert.add(chunk);
      this.hasHeader ||= blocks.length > 0;
      this.#began();
      this.#bytes += blocks.length;
      if (!this.#file.write(blocks) && !this.#file.destroyed) await once(this.#file, 'drain');
      if (this.#bytes >= this.maxBytes) this.#full.abort();
    } catch (failed) {
      this.problem ??= (failed as Error).message;
      this.#full.abort();
    }
  }

  async end(): Promise<void> {
    if (this.#file.closed) return;
    const closed = new Promise<void>((resolve) => { this.#file.once('close', resolve); });
    this.#file.end();
    await closed;
  }
}
