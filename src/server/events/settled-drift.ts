// Changes that turned out to be renames: a loss and an arrival are closed once an alias says that they were one event, and open again when it is taken back.
import type { Alias, Drift } from '../../model/index.ts';
import type { Closing } from './drift-log.ts';

/** Of an event that had fallen silent. */
export const cameBack = 'it came back';

/** What says that a rename did not hold, by evidence. */
export const withdrawn = 'withdrawn: ';

const isOf = ({ kind, former, current, service }: Alias, drift: Drift): boolean => kind === 'event' && drift.kind === 'renamed' && former === drift.was && current === drift.durableId && (service === null || service === drift.service);

/** A rename is one once somebody, or evidence beyond doubt, put it in force: until then it is marked. */
export function withDoubt(drifts: readonly Drift[], aliases: readonly Alias[]): Drift[] {
  const active = aliases.filter(({ state }) => state === 'active');
  return drifts.map((drift) => (drift.kind !== 'renamed' || drift.closed !== undefined || active.some((alias) => isOf(alias, drift)) ? drift : { ...drift, perhaps: true }));
}

/** By the aliases as they are now. */
export function closingBy(aliases: readonly Alias[]): (drift: Drift) => Closing {
  const active = aliases.filter(({ state }) => state === 'active'), rejected = aliases.filter(({ state }) => state === 'rejected');
  const byFormer = Map.groupBy(active, ({ kind, former }) => `${kind} ${former}`), byCurrent = Map.groupBy(active, ({ kind, current }) => `${kind} ${current}`);
  const of = (found: readonly Alias[] | undefined, { service }: Drift): Alias | undefined => found?.find((one) => one.service === null || one.service === service);
  const toCurrent = (alias: Alias | undefined): Closing => (alias === undefined ? null : { at: Date.parse(alias.decided?.at ?? alias.at), why: `renamed to ${alias.current}`, other: alias.current });
  const toFormer = (alias: Alias | undefined): Closing => (alias === undefined ? null : { at: Date.parse(alias.decided?.at ?? alias.at), why: `was called ${alias.former}`, other: alias.former });
  return (drift) => {
    switch (drift.kind) {
      case 'gone-event': return toCurrent(of(byFormer.get(`event ${drift.durableId}`), drift)) ?? (drift.closed?.why === cameBack ? undefined : null);
      case 'new-event': return toFormer(of(byCurrent.get(`event ${drift.durableId}`), drift));
      case 'missing-field': return toCurrent(of(byFormer.get(`field ${drift.field ?? ''}`), drift));
      case 'new-field': return toFormer(of(byCurrent.get(`field ${drift.field ?? ''}`), drift));
      case 'renamed': {
        const said = rejected.find((alias) => isOf(alias, drift));
        if (said !== undefined) return { at: Date.parse(said.decided?.at ?? said.at), why: said.decided === undefined ? 'not a rename' : `not a rename, says ${said.decided.by}` };
        return drift.closed?.why.startsWith(withdrawn) === true ? undefined : null;
      }
      default: return undefined;
    }
  };
}

/** Renames that somebody accepted, or that are sure by now, and of which nothing was told yet. */
export const renamesToTell = (aliases: readonly Alias[], told: readonly Drift[], nowMs: number): Drift[] => aliases.flatMap((alias) => {
  const { id, kind, former, current, service, state, reason } = alias;
  if (kind !== 'event' || state !== 'active' || service === null) return [];
  const arrival = told.find((one) => one.service === service && ((one.kind === 'new-event' && one.durableId === current) || (one.kind === 'gone-event' && one.durableId === former)));
  if (arrival === undefined || told.some((one) => one.service === service && one.kind === 'renamed' && one.durableId === current && one.was === former)) return [];
  return [{ id: `renamed-${id}`, at: nowMs, ...(alias.firstSeen !== undefined && { since: Date.parse(alias.firstSeen) }), kind: 'renamed' as const, signal: arrival.signal, service, durableId: current, was: former, now: reason === '' ? current : `${current}: ${reason}`, ...(arrival.version !== undefined && { version: arrival.version }) }];
});
