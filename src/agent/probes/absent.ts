// A kind of probe that this build of Weir has no mechanism for: it says so wherever it is asked.
import type { ActionProblem, DynamicProbeKind } from '../../model/index.ts';
import type { ProbeMechanism } from './contract.ts';

export function absentMechanism<Kind extends DynamicProbeKind>(kind: Kind): ProbeMechanism<Kind> {
  const problem: ActionProblem = { code: 'probe.no-mechanism', message: `This build of Weir has no mechanism for probes of the kind ${kind}.`, help: 'Use a later version.' };
  return {
    about: 'maybe', problem: async () => problem,
    preview: async () => ({ means: kind, resolved: null, reads: [], costUs: null, risk: { reliability: 0, performance: 0, privacy: 0, cost: 0, complexity: 0, reasons: [] }, problems: [problem] }),
    insert: async () => ({ ok: false, error: problem.help === undefined ? { code: problem.code, message: problem.message } : { code: problem.code, message: problem.message, help: problem.help } }), removeLeft: async () => false,
  };
}
