// Opens what acts on processes and what brings it home, and answers the server's requests about it.
import { join } from 'node:path';
import type { Clock, Failure, Result } from '../../base/index.ts';
import type { Pipeline } from '../../engine/index.ts';
import { actionCancel, actionPreviewRequest, actionRequest, processesRequest, recorderKeysRequest, type ActionReport, type ActionRequest, type ProcessesReport } from '../../model/index.ts';
import type { RequestView } from '../../otlp/index.ts';
import { openActions, redactText, writePolicyExample, type Actions, type Toolbox, type VerbosePort } from '../actions/index.ts';
import { artifactsUrl, Spool, Uploader } from '../artifacts/index.ts';
import { unixMs, type Files, type Random } from '../ports/index.ts';
import { Proc, type ProcessTable, ProcessWatch, ServiceBook } from '../processes/index.ts';
import { recorderPort } from '../recorders/index.ts';
import { asked, type Handler } from '../asked.ts';
import { processExited } from './process-exited.ts';
import { ReportDesk } from './report-desk.ts';
import { resourceReader } from './told-resources.ts';

export interface DiagnosticsOptions {
  readonly directory: string; readonly files: Files; readonly clock: Clock; readonly random: Random;
  /** Names and ids of this machine. */
  readonly hostNames: readonly string[];
  readonly pipeline: Pick<Pipeline, 'runRecorder' | 'readRecorder' | 'recorderKeys' | 'openValve' | 'closeValve'>;
  /** Where artifacts go; null without a server. */
  readonly server: { readonly opamp: string; readonly bearer: string; readonly agentId: () => string } | null;
  /** To the server over OpAMP; drops what it says while there is no connection. */
  readonly send: (type: string, content: unknown) => void;
  /** A log record of the agent's own, to go through the rules. */
  readonly emit: (request: Uint8Array) => void;
  readonly onReport?: (report: ActionReport) => void;
  /** Adds the levels of processes to the agent's own. */
  readonly valves?: (agents: VerbosePort) => VerbosePort;
  /** Why no action may run now; null when they may. */
  readonly gate?: () => Failure | null;
}

export interface Diagnostics {
  /** By message type, for the server. */
  readonly handlers: readonly (readonly [string, Handler])[];
  /** Resolves with its last report, whatever becomes of it. */
  readonly run: (request: ActionRequest) => Promise<ActionReport>;
  /** To be called with each request that passes. */
  readonly see: (view: RequestView) => void;
  readonly problems: () => readonly string[];
  readonly processes: ProcessTable;
  readonly proc: Proc;
  readonly toolbox: Toolbox;
  /** What the owner of this machine allows. */
  readonly policy: Actions['policy'];
  /** Ends all actions; resolves with how many there were when what they opened is closed. For the rip cord. */
  cancelAll(): Promise<number>;
  start(): Promise<void>;
  /** The server is there again: what it missed is said. */
  opened(): void;
  stop(): Promise<void>;
}

/** Rings of one recorder that are named in an answer. */
const mostKeys = 500;

/** Errors: the spool's. */
export async function openDiagnostics(options: DiagnosticsOptions): Promise<Result<Diagnostics>> {
  const { directory, files, clock, random, server, hostNames, pipeline } = options;
  const nowUnixMs = (): number => unixMs(clock);
  const spool = await Spool.open({ directory: join(directory, 'artifacts'), clock, random });
  if (!spool.ok) return spool;
  const uploader = server === null ? null : new Uploader({ spool: spool.value, clock, random, bearer: server.bearer, url: artifactsUrl(server.opamp), agentId: server.agentId });
  const proc = new Proc();
  const services = new ServiceBook({ proc, hostNames, nowUnixMs, monotonicMs: () => clock.monotonicMs() });
  const desk = new ReportDesk({ stateOf: (id) => uploader?.stateOf(id) ?? null, send: (report) => { options.send('action.report', report); options.onReport?.(report); } });
  uploader?.onState((state) => { desk.uploaded(state); });
  const actions = await openActions({
    files, scratchFolder: join(directory, 'scratch'), sink: spool.value, redactText: redactText(), proc, nowUnixMs, monotonicMs: () => clock.monotonicMs(), onReport: (report) => { desk.take(report); },
    searchPath: process.env['PATH'] ?? '', services, recorders: recorderPort(pipeline, nowUnixMs), valves: options.valves?.(valvesOf(pipeline)) ?? valvesOf(pipeline),
    ...(options.gate === undefined ? {} : { gate: options.gate }),
  });
  const watch = new ProcessWatch({ proc, services, nowUnixMs, onGone: (gone) => { options.emit(processExited(gone, hostNames[0] ?? '')); } });
  return { ok: true, value: {
    handlers: handlersOf(actions, pipeline, options.send), see: resourceReader(services),
    run: (request) => actions.runner.run(request), processes: actions.processes, proc, toolbox: actions.toolbox, policy: () => actions.policy(), cancelAll: () => cancelAll(actions),
    problems: () => [...(uploader === null || uploader.problem === '' ? [] : [`Artifacts wait for the server: ${uploader.problem}`]), ...services.problems(), actions.stuck.problem].filter((one) => one !== ''),
    async start() { await writePolicyExample(files); await actions.runner.start(); actions.stuck.start(); watch.start(); uploader?.start(); },
    opened() { uploader?.soon(); for (const report of actions.runner.reports()) desk.take(report); },
    async stop() { watch.stop(); await actions.runner.stop(); await actions.stuck.stop(); await uploader?.stop(); },
  } };
}

async function cancelAll({ runner }: Actions): Promise<number> {
  const running = runner.reports().filter(({ state }) => state === 'waiting' || state === 'running').length;
  await runner.cancelAll('cancelled');
  return running;
}

function handlersOf({ runner, processes, tools, allowed }: Actions, pipeline: Pick<Pipeline, 'recorderKeys'>, send: DiagnosticsOptions['send']): Diagnostics['handlers'] {
  return [
    ['action.run', asked(actionRequest, (request) => { void runner.run(request); })],
    ['action.cancel', asked(actionCancel, ({ id }) => { runner.cancel(id); })],
    ['action.preview', asked(actionPreviewRequest, ({ ask, ...what }) => {
      void runner.preview(what).then((preview) => { send('action.preview-result', { ask, preview }); });
    })],
    ['processes.list', asked(processesRequest, ({ ask }) => {
      void Promise.all([processes.list(), tools(), allowed()]).then(([listed, known, lists]) => { send('processes.report', { ask, ...listed, tools: known, allowed: lists }); }, (failed: unknown) => { send('processes.report', noProcesses(ask, failed)); });
    })],
    ['recorders.keys', asked(recorderKeysRequest, ({ ask, recorder }) => {
      const keys = pipeline.recorderKeys(recorder, mostKeys + 1);
      send('recorders.keys-report', { ask, keys: keys.slice(0, mostKeys), more: Math.max(0, keys.length - mostKeys) });
    })],
  ];
}

/** An answer all the same: who asks would wait for it. */
const noProcesses = (ask: string, failed: unknown): ProcessesReport => ({ ask, processes: [], hidden: 0, tools: { processes: `The processes could not be listed: ${failed instanceof Error ? failed.message : String(failed)}.`.slice(0, 500) }, allowed: null });

function valvesOf(pipeline: Pick<Pipeline, 'openValve' | 'closeValve'>): VerbosePort {
  return {
    async open({ id, process: of, severityNumber, untilUnixMs }) {
      pipeline.openValve({ id, service: of?.service ?? null, pid: of === null ? null : of.pid, severityNumber, untilUnixMs });
      return { ok: true, value: undefined };
    },
    close: (id) => Promise.resolve({ records: pipeline.closeValve(id) }),
  };
}
