// Start, stop and collect a flight recorder. The recorders are the caller's; collecting writes what one holds into an artifact.
import type { Result } from '../../base/index.ts';
import { type Action, harmless, problem, type Run } from './contract.ts';
import { throwIfAborted } from './wait.ts';

export interface RecorderPort {
  start(recorder: string): Promise<Result<void>>;
  stop(recorder: string): Promise<Result<void>>;
  /** Writes what it holds (format `otlp-frames`) to a file that does not exist yet. Ends early when the signal aborts. */
  collect(ask: { readonly recorder: string; readonly key?: string | undefined; readonly lastMs?: number | undefined; readonly maxBytes: number }, path: string, signal: AbortSignal): Promise<Result<{ readonly records: number; readonly fromUnixMs: number | null; readonly toUnixMs: number | null; readonly notes: readonly string[] }>>;
}

const nowhere = problem('action.not-here', 'There are no flight recorders here: only a running agent has them.', 'Start it on an agent, from the console.');
const estimate = (recorders: RecorderPort | null, means: string) => async () => harmless(means, { pauseMs: 0, problems: recorders === null ? [nowhere] : [] });

function here(recorders: RecorderPort | null): RecorderPort {
  if (recorders === null) throw new Error('a recorder action ran without recorders');
  return recorders;
}

export const startRecorder = (recorders: RecorderPort | null): Action<'start-recorder'> => ({ about: 'machine', light: true, estimate: estimate(recorders, 'flight recorder'), run: ({ parameters }) => here(recorders).start(parameters.recorder) });
export const stopRecorder = (recorders: RecorderPort | null): Action<'stop-recorder'> => ({ about: 'machine', light: true, estimate: estimate(recorders, 'flight recorder'), run: ({ parameters }) => here(recorders).stop(parameters.recorder) });

export const collectRecorder = (recorders: RecorderPort | null): Action<'collect-recorder'> => ({
  about: 'machine', light: true, estimate: estimate(recorders, 'flight recorder'),
  run: ({ parameters }, run) => collected(here(recorders), parameters, run),
});

async function collected(recorders: RecorderPort, parameters: { readonly recorder: string; readonly key?: string | undefined; readonly lastMs?: number | undefined }, run: Run): Promise<Result<void>> {
  const name = `recorder-${parameters.recorder.replace(/[^A-Za-z0-9._-]+/g, '_')}.weirrec`;
  const draft = await run.open(name);
  if (!draft.ok) return draft;
  run.progress(null, `Collecting recorder ${parameters.recorder}`);
  const done = await recorders.collect({ ...parameters, maxBytes: run.maxBytes }, draft.value.path, run.signal).catch(async (failed: unknown) => { await draft.value.discard(); throw failed; });
  if (!done.ok || run.signal.aborted) await draft.value.discard();
  throwIfAborted(run.signal);
  if (!done.ok) return done;
  const { records, fromUnixMs, toUnixMs, notes } = done.value;
  for (const note of notes) run.note(note);
  run.figure('records', records);
  return run.keep(draft.value, { kind: 'recorder', format: 'otlp-frames', name, sensitive: false, summary: `Recorder ${parameters.recorder}, ${records} records`, fromUnixMs, toUnixMs, figures: { records } });
}
