// What a logpoint would do, in words and figures, before it does it.
import type { ActionProblem, LogpointSpec, ProbePreview } from '../../../model/index.ts';
import type { Plan } from './plan.ts';

type Preview = Omit<ProbePreview, 'processes'>;
export interface Chances { readonly hitCostMs: number | null; readonly liveEdit: boolean; readonly workers: number }

export function previewOf(spec: LogpointSpec, plan: Plan, { hitCostMs, liveEdit, workers }: Chances, problems: readonly ActionProblem[]): Preview {
  const edits = spec.mechanism === 'live-edit';
  const costUs = edits ? 0.3 : hitCostMs === null ? null : Math.round(hitCostMs * 10_000) / 10;
  return { means: meansOf(spec, liveEdit), resolved: plan.resolved, reads: [...plan.reads], costUs, risk: riskOf(spec, liveEdit, costUs, workers), problems: [...problems] };
}

export const refusedPreview = (spec: LogpointSpec, why: ActionProblem): Preview => ({
  means: meansOf(spec, false), resolved: null, reads: [...spec.condition === undefined ? [] : [`when ${spec.condition}`], ...spec.expressions.map(({ expression }) => expression)], costUs: null, risk: riskOf(spec, false, null, 0), problems: [why] });

function meansOf({ mechanism }: LogpointSpec, liveEdit: boolean): string {
  if (mechanism === 'live-edit') return 'V8 live edit: a statement is put into the running function and taken out again';
  return mechanism === 'auto' && liveEdit ? 'V8 breakpoint that never pauses; on a hot line a live edit' : 'V8 breakpoint that never pauses';
}

function riskOf(spec: LogpointSpec, liveEdit: boolean, costUs: number | null, workers: number): Preview['risk'] {
  const mayEdit = spec.mechanism === 'live-edit' || (spec.mechanism === 'auto' && liveEdit);
  const readsMuch = spec.does === 'snapshot';
  return {
    reliability: spec.mechanism === 'live-edit' ? 3 : mayEdit ? 2 : 1, performance: spec.mechanism === 'live-edit' ? 1 : 2, privacy: readsMuch ? 3 : spec.expressions.length > 0 ? 2 : 0, cost: readsMuch ? 2 : 1, complexity: spec.does === 'timer' ? 2 : 1,
    reasons: [
      spec.mechanism === 'live-edit' ? 'It costs well under a microsecond a hit.' : `Each pass costs the process about ${costUs ?? '85 to 400'} µs, also where the condition is false; over its bounds the probe leaves and comes back by itself.`,
      ...spec.mechanism === 'live-edit' ? [] : ['Should Weir itself be stopped or killed, the probe ends itself within the process when its hits have waited for 1.5 s while the line is passed.'],
      ...mayEdit ? ['A live edit changes the text of a running function; V8 compiles it anew, positions in stacks of that line shift while it is in, and the function may run some 15 % slower from then on, also when it is as it was.'] : [],
      ...readsMuch ? ['All locals of the frame are read: they may hold personal data that no detector knows.'] : spec.expressions.length > 0 ? ['Values pass the redaction rules before they leave.'] : [],
      ...workers > 0 ? [`The process has ${workers} worker ${workers === 1 ? 'thread' : 'threads'}: what runs there is not seen, the probe sits in the main thread.`] : [],
      ...readsMuch || spec.expressions.length > 0 ? ['Reading an object lists its keys at once: one that is used as a dictionary of a million keys holds the process up for a second or more, once; the probe opens no object after that.'] : [],
      ...spec.does === 'count' || spec.does === 'metric' || spec.does === 'timer' ? ['It makes points of a metric, not records: the hit quota does not end it, its date does.'] : [],
      'Getters and Proxies of the program are named and not run; OpenTelemetry is asked for the active span.',
    ],
  };
}
