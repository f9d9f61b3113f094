// Who follows a rename now: rules and nets by what they are compiled to, recorders by their keys and by the rules that fill them, themes by their members. Pure.
import type { FollowedName, FollowingNames } from '../../../model/index.ts';
import { followsOf, type Names } from '../follows.ts';
import type { NameSources } from '../users/index.ts';

type Said = readonly [who: string, follows: readonly FollowedName[]];

export function followingOf({ rules, recorders, themes }: NameSources, names: Names): FollowingNames {
  const ofRules = rules.map(({ id, compiled, deployedAt }) => ({ id, compiled, follows: followsOf(compiled, names, deployedAt) }));
  const filling = ofRules.flatMap(({ compiled, follows }): Said[] => (compiled?.kind === 'query' && compiled.plan.sink?.sink === 'record' ? [[compiled.plan.sink.recorder, follows]] : []));
  return {
    rules: gathered(ofRules.map(({ id, follows }) => [id, follows])),
    recorders: gathered([...recorders.map(({ name, key }): Said => [name, followsOf(key, names)]), ...filling]),
    themes: gathered(themes.map(({ id, members }) => [id, followsOf(members.map(({ name }) => eventCall(name)), names)])),
  };
}

/** A member of a theme means what event() does. */
const eventCall = (name: string): object => ({ k: 'call', type: 'bool', fn: 'event', args: [{ k: 'literal', type: 'string', value: name }] });

/** Each name once; those that follow nothing are left out. */
function gathered(all: readonly Said[]): Record<string, FollowedName[]> {
  const found = new Map<string, FollowedName[]>();
  for (const [who, follows] of all) {
    const known = found.get(who) ?? [];
    const fresh = follows.filter(({ name }) => !known.some((one) => one.name === name));
    if (fresh.length > 0) found.set(who, [...known, ...fresh]);
  }
  return Object.fromEntries(found);
}
