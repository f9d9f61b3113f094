// Themes that bundle the same events: while one is off, what it bundles is held back whatever the others say. Pure.
import { meaningsOf } from '../../kql/index.ts';
import type { NameBook, Theme } from '../../model/index.ts';

type Members = Theme['members'];
interface Meant { readonly name: string; readonly service: string | null }

/** How many of these members the other theme bundles too, wholly or in one of their services. */
export function sharedMembers(members: Members, others: Members, book: NameBook): number {
  const theirs = Map.groupBy(others.flatMap((one) => meantBy(one, book)), ({ name }) => name);
  const isShared = ({ name, service }: Meant): boolean => theirs.get(name)?.some((one) => one.service === null || service === null || one.service === service) === true;
  return members.filter((one) => meantBy(one, book).some(isShared)).length;
}

/** A meaning of one service is none of a member of another. */
const meantBy = ({ name, service }: Members[number], { events }: NameBook): Meant[] =>
  meaningsOf(events, name).flatMap((one) => (one.service !== null && service !== null && one.service !== service ? [] : [{ name: one.name, service: service ?? one.service }]));
