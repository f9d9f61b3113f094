// The agent's composition root: chooses the real ports, wires the parts, starts and stops them in order. Ends no process and
// installs no process-wide handlers; the program around it does.
import { statfsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { arch, hostname, release, type as osType } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../base/index.ts';
import { compileFilter, createPipeline, type DisabledRule } from '../engine/index.ts';
import { netFiredSeen, ripCordOrder } from '../model/index.ts';
import { codec } from '../otlp/index.ts';
import { KeyRing } from '../redaction/index.ts';
import { asked } from './asked.ts';
import { Canary, openDoors } from './canary/index.ts';
import { agentDescription, agentResource } from './description.ts';
import { openDiagnostics } from './diagnostics/index.ts';
import { EventReporter, TemplateKeeper } from './events/index.ts';
import { ExporterSet, openHeldLedger } from './export/index.ts';
import { buildExporters } from './exporters.ts';
import { InProcess, reportsFolder, reportsPath } from './in-process/index.ts';
import { LanguageRunner } from './language/index.ts';
import { DataLink, Identity, OpampLink, RulesStore, serverUrls, type ServerUrls } from './link/index.ts';
import { NetRunner } from './nets/index.ts';
import { probeDelivery } from './probe-delivery.ts';
import { cleanUserTerminals, deskHandlers, openMechanisms, positionsIn, ProbeDesk, staticProbes } from './probes/index.ts';
import { readState, RipCord, ripCordRules } from './rip-cord/index.ts';
import { readOptions, type AgentOptions, type ReadyOptions } from './options.ts';
import { PipelineRuntime, zeroCounts } from './pipeline/index.ts';
import { directoryFiles, httpPoster, openWebSocket, systemClock, systemRandom, systemUsage, unixMs } from './ports/index.ts';
import { AgentStartError, defaultLimits, startGrpcReceiver, startHttpReceiver, type Receiver } from './receive/index.ts';
import { RecorderFolders, StoppedRecorders } from './recorders/index.ts';
import { ruleRunners } from './rule-runners.ts';
import { TailHub } from './tail/index.ts';
import { agentHealth } from './telemetry/index.ts';
import { loadRedactionKey, RedactionReporter } from './redaction/index.ts';
import { Reporter } from './reporter.ts';
import { serverRequests } from './requests.ts';
import { ResidualWatch } from './residual/index.ts';

export interface RunningAgent {
  /** The ports that the receivers really listen on. */
  readonly ports: { readonly http: number; readonly grpc: number };
  /** 32 hex digits; stays the same across restarts with one data directory. */
  readonly id: string;
  /** Receivers first, then what is queued (at most `drainMs`), then the links. Gives the records that could not be delivered. */
  stop(): Promise<{ readonly undelivered: number }>;
}

const drainMs = 3000;
const recorderBytes = 64 * 1024 * 1024;
/** Of the disk that recorders are kept on, for everything else. */
const keepFreeBytes = 2 ** 29;
const maxGroups = 10_000;
/** The agent's own files are small; a larger one is not read by the canary. */
const mostFileBytes = 64 * 1024 * 1024;

/** Rejects with AgentStartError, whose `failure` says what happened and what to do. */
export async function startAgent(given: AgentOptions): Promise<RunningAgent> {
  const options = orThrow(readOptions(given));
  const urls = options.server === null ? null : orThrow(serverUrls(options.server));
  const directory = join(options.dataDir, 'agent');
  const files = directoryFiles(directory);
  const [clock, random] = [systemClock, systemRandom];
  const startedUnixMs = unixMs(clock);
  const identity = await Identity.load(files, clock, random);
  const facts = { version: options.version, host: hostname(), os: osType(), osVersion: release(), architecture: arch() };
  const counts = zeroCounts();
  const ledger = openHeldLedger(join(directory, 'held.bin'));
  const residual = new ResidualWatch({ clock, random: () => random.fraction() });
  const exporters = new ExporterSet(orThrow(buildExporters(options, clock, random, ledger)), (exporter, batch) => {
    if (canary.takes(exporter, batch)) return false;
    residual.look(exporter, batch);
    return true;
  });
  const redactionKeys = new KeyRing(await loadRedactionKey(files, randomBytes));
  const freeBytes = (): number => { const { bavail, bsize } = statfsSync(directory); return bavail * bsize; };
  const recorderFolders = new RecorderFolders({ directory: join(directory, 'recorders'), freeBytes, keepFreeBytes });
  const pipeline = createPipeline({
    clock, openDisk: (shape) => recorderFolders.open(shape), watch: (view) => { diagnostics.see(view); language.see(view); }, resource: agentResource(identity.hex, facts), agent: agentResource(identity.hex, facts), recorderBytes, maxGroups, redactionKeys,
    budgets: { ...systemUsage, ceiling: { cpuShare: options.rulesCpuShare, rssBytes: options.maxRssBytes } },
  });
  const canSend = (): boolean => link?.isOpen ?? false;
  const events = new EventReporter({ events: pipeline.events, clock, canSend, send: (report) => { say('events.report', report); } });
  const templates = await TemplateKeeper.open({ events: pipeline.events, files, clock, canSend, send: (book) => { say('templates.book', book); } });
  const stoppedRecorders = await StoppedRecorders.open(files, pipeline);
  const own = agentResource(identity.hex, facts);
  const say = (type: string, content: unknown): void => link?.say(type, content);
  const inProcess = new InProcess({ files, reports: reportsFolder(reportsPath(directory)), nowUnixMs: () => unixMs(clock), agent: own });
  const diagnostics = orThrow(await openDiagnostics({
    valves: (agents) => inProcess.valves(agents), directory, files, clock, random, hostNames: [facts.host], pipeline: stoppedRecorders.over(pipeline), send: say, emit: (request) => { runtime.emit('logs', request); }, gate: () => cord.refusal(),
    server: urls === null ? null : { opamp: urls.opamp, bearer: options.agentToken, agentId: () => identity.hex },
  }));
  const language = new LanguageRunner({ clock, agent: own, emit: (signal, request) => { runtime.emit(signal, request); }, fire: (firing) => { nets.fire(firing, 'language-rule'); }, onDisabled });
  const nets = await NetRunner.open({
    nets: pipeline.nets, files, clock, newId: () => Buffer.from(random.bytes(16)).toString('hex'), hostName: facts.host, run: (request) => diagnostics.run(request), canSend: () => link?.isOpen ?? false,
    sendReport: (report) => { say('net.report', report); }, sendFired: (fired) => { say('net.fired', fired); }, languageRules: language,
  });
  const runners = inProcess.runners(ruleRunners(pipeline, language, (areDefined) => { recorderFolders.areDefined = areDefined; }));
  const cordState = await readState(files, startedUnixMs);
  const corded = ripCordRules(runners, cordState.server !== null || cordState.machine !== null);
  const rules = new RulesStore(files, corded.rules);
  await rules.load();

  const dataLink = urls === null ? null : new DataLink({ openSocket: openWebSocket, url: () => urls.data(identity.hex), bearer: options.agentToken, random });
  const tails = new TailHub({ codec, compileFilter, clock, send: (frame) => dataLink?.send(frame) ?? false });
  const canary = new Canary({
    codec, clock, keys: redactionKeys, rules: () => rules.running, openDoors: () => openDoors({ ...ports(), host: loopbackOf(options.host), poster: httpPoster(1), codec }), report: () => redactions.report(),
    files: () => files.all(mostFileBytes), onTaken: (records) => { counts.removed.dropped += records; },
  });
  const runtime = new PipelineRuntime({ pipeline, send: (batch) => exporters.send(batch), taps: canary.taps(tails), counts, clock, onHeld: (delta) => ledger.change(delta), onDisabled });
  const { proc } = diagnostics;
  const mechanisms = openMechanisms({ toolbox: diagnostics.toolbox, proc, policy: diagnostics.policy, monotonicMs: () => clock.monotonicMs() });
  const desk = await ProbeDesk.open({
    mechanisms: mechanisms.table, looks: mechanisms.looks, statics: staticProbes, processes: diagnostics.processes, policy: diagnostics.policy, files, clock, hostName: facts.host, positions: positionsIn(join(directory, 'probes')),
    emit: (signal, request) => { runtime.emit(signal, request); }, delivery: probeDelivery(exporters, runtime), ripCord: () => cord.refusal(), send: say, canSend: () => link?.isOpen ?? false,
    cleanTerminals: async () => { await mechanisms.removeUnnoted(); return cleanUserTerminals(process.env, proc, mechanisms.table); },
  });
  const cord = new RipCord({
    files, directory, clock, rules: corded.cord, haltNets: () => { nets.halt(); }, endProbes: () => desk.endDynamic('rip-cord', null), cancelActions: () => diagnostics.cancelAll(),
    changed: () => { link?.reportEffective(); reporter.soon(); }, send: (report) => { say('rip-cord.report', report); }, self: { pid: process.pid, startTicks: (await proc.stat('self'))?.startTicks ?? 0 },
  }, cordState);
  const health = (): ReturnType<typeof agentHealth> => agentHealth({
    exporters: exporters.statuses(), rules: [...runners.stats()], startedUnixMs, nowUnixMs: unixMs(clock),
    problems: [cord.problem, inProcess.problem, rules.problem, runtime.lastFault?.message ?? '', nets.problem, recorderFolders.problem, stoppedRecorders.problem, templates.problem, ...diagnostics.problems(), ...desk.problems(), ...exporters.problems()].filter((problem) => problem !== ''),
  });
  const link = urls === null ? null : openLink(urls);
  const reporter = new Reporter({
    clock, counts, codec, exporters, resource: () => agentResource(identity.hex, facts), onStatus: (status) => link?.report(status),
    sources: { clock, startedUnixMs, counts, pipeline, rules: runners, exporters, tails, lostAtCrash: ledger.lostAtCrash },
  });

  const redactions = new RedactionReporter({ pipeline, residual, keys: redactionKeys, clock, canSend: () => link?.isOpen ?? false, send: (report) => { canary.seeReport(report); link?.reportRedactions(report); } });

  /** Stored, so that a restart does not try them again; told at once, so that people know within a second. */
  function onDisabled(ended: readonly DisabledRule[]): void {
    void rules.noteDisabled(ended);
    link?.reportEffective();
    reporter.soon();
  }

  function openLink({ opamp }: ServerUrls): OpampLink {
    return new OpampLink({
      url: opamp, bearer: options.agentToken, openSocket: openWebSocket, random, clock, identity, rules, health,
      handlers: serverRequests({ tails, keys: redactionKeys, reporter: () => redactions, residual, canary, onCanary: (result) => link?.reportCanary(result), more: [['rip-cord', asked(ripCordOrder, (order) => { void cord.order(order); })], ...diagnostics.handlers, ...templates.handlers, ...deskHandlers(desk), ['net.fired-seen', asked(netFiredSeen, ({ id }) => { nets.seen(id); })]] }), onOpen: () => { say('rip-cord.report', cord.report()); diagnostics.opened(); desk.opened(); events.opened(); templates.opened(); }, onClosed: () => tails.clear(),
      describe: () => agentDescription(identity.hex, facts), onIdentity: () => dataLink?.reopen(),
    });
  }

  const receivers = await startReceivers(options, runtime).catch(async (error: unknown) => { await inProcess.stop(); exporters.close(); ledger.close(); throw error; });
  await inProcess.start();
  await diagnostics.start();
  runtime.start();
  language.start();
  nets.start();
  recorderFolders.start();
  reporter.start();
  redactions.start();
  events.start();
  templates.start();
  await cord.start();
  void desk.start();
  link?.start();
  dataLink?.start();

  function ports(): RunningAgent['ports'] { return { http: receivers.http.port, grpc: receivers.grpc.port }; }

  let stopping: Promise<{ undelivered: number }> | null = null;
  async function stop(): Promise<{ undelivered: number }> {
    await Promise.all([receivers.http.stop(), receivers.grpc.stop()]);
    await nets.stop();
    await language.stop();
    await cord.stop();
    await desk.stop();
    await diagnostics.stop();
    runtime.stop();
    pipeline.closeRecorders();
    await recorderFolders.stop();
    await stoppedRecorders.settled();
    tails.clear();
    await exporters.drain(drainMs);
    await desk.settle();
    reporter.stop();
    redactions.stop();
    events.stop();
    await templates.stop();
    await link?.stop();
    dataLink?.stop();
    await rules.settled();
    await inProcess.stop();
    const undelivered = exporters.statuses().reduce((sum, exporter) => sum + exporter.queuedRecords, 0);
    exporters.close();
    ledger.close();
    return { undelivered };
  }
  return { ports: ports(), id: identity.hex, stop: () => stopping ??= stop() };
}

/** What listens everywhere is reached by loopback. */
const loopbackOf = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host);

async function startReceivers({ host, otlpHttpPort, otlpGrpcPort }: ReadyOptions, intake: PipelineRuntime): Promise<{ http: Receiver; grpc: Receiver }> {
  const limits = defaultLimits;
  const http = await startHttpReceiver({ host, port: otlpHttpPort, portVariable: 'WEIR_OTLP_HTTP_PORT', intake, codec, limits });
  try {
    return { http, grpc: await startGrpcReceiver({ host, port: otlpGrpcPort, portVariable: 'WEIR_OTLP_GRPC_PORT', intake, limits }) };
  } catch (error) {
    await http.stop();
    throw error;
  }
}

function orThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new AgentStartError(result.error);
  return result.value;
}
