// The BFF without its HTTP face: store, rules, fleet and tails, wired together.
import { join } from 'node:path';
import { Fleet, outBefore } from './fleet/index.ts';
import type { Random } from './options.ts';
import { isoTime } from './ports/clock.ts';
import type { KqlCompiler } from './ports/compiler.ts';
import { RuleService } from './rules/index.ts';
import { openStore, type Store } from './store/index.ts';
import { TailHub } from './tail/index.ts';

export interface Services { readonly store: Store; readonly fleet: Fleet; readonly rules: RuleService; readonly tails: TailHub; readonly nowMs: () => number }

export interface ServiceOptions {
  readonly dataDir: string; readonly compiler: KqlCompiler; readonly random: Random; readonly nowMs: () => number;
  readonly maxTails?: number; readonly onError: (error: unknown) => void;
}

export async function openServices({ dataDir, compiler, random, nowMs, maxTails, onError }: ServiceOptions): Promise<Services> {
  const store = await openStore(join(dataDir, 'weir.sqlite'));
  const fleet = new Fleet({ store: store.agents, nowMs, onError });
  await fleet.load();
  const rules = new RuleService({
    store, compiler, newId: () => random.id(), now: () => isoTime(nowMs()),
    target: { publish: (config) => { fleet.publish(config); }, outPerSecond: () => outBefore(fleet, nowMs()) },
  });
  await rules.load();
  const tails = new TailHub({ fleet, compiler, nowMs, firstSubscription: random.u32(), ...(maxTails !== undefined && { maxTails }) });
  return { store, fleet, rules, tails, nowMs };
}
