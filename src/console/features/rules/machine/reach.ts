// How far each state is from the first one.
import type { MachineDocument, MachineState } from '../../../../model/index.ts';

/** Steps from the first state; what cannot be reached is not in it. */
export function depthsOf(document: Pick<MachineDocument, 'initial' | 'states'>): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  let front = document.initial in document.states ? [document.initial] : [];
  for (let depth = 0; front.length > 0; depth++) {
    for (const name of front) depths.set(name, depth);
    front = [...new Set(front.flatMap((name) => leadsTo(document.states[name]!)))].filter((name) => name in document.states && !depths.has(name));
  }
  return depths;
}

const leadsTo = ({ on = [], after = {} }: MachineState): readonly string[] => [...on.map(({ to }) => to), ...Object.values(after)];
