// What speaks against a probe before its mechanism is asked: the rip cord, and what the owner of this machine allows.
import { ok, type Result } from '../../../base/index.ts';
import type { ActionProblem, ProbeKind } from '../../../model/index.ts';
import type { ActionPolicy } from '../../actions/limits/index.ts';
import { problemOf } from '../governed/index.ts';

export interface Objecting {
  /** Why nothing dynamic may start now; null when it may. */
  readonly ripCord: () => ActionProblem | null;
  readonly policy: () => Promise<Result<Pick<ActionPolicy, 'probes' | 'files'>>>;
}

/** Globs of files that this machine's owner allows to be read. */
export async function allowedFiles({ policy }: Pick<Objecting, 'policy'>): Promise<Result<readonly string[]>> {
  const read = await policy();
  return read.ok ? ok(read.value.files) : read;
}

export async function objectionTo({ ripCord, policy }: Objecting, kind: ProbeKind, isDynamic: boolean): Promise<ActionProblem | null> {
  const pulled = isDynamic ? ripCord() : null;
  if (pulled !== null) return pulled;
  const read = await policy();
  if (!read.ok) return problemOf(read.error);
  return read.value.probes.includes(kind) ? null : {
    code: 'probe.not-allowed', message: `Whoever owns this machine does not allow probes of the kind ${kind} on it.`, help: 'The list stands as "probes" in actions-policy.json in the data folder of the agent (WEIR_DATA).',
  };
}
