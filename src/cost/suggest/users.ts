// Who relies on an event, and what that means for a rule that takes some of it away.
import type { EventUser } from '../../model/index.ts';
import type { MeasuredEvent } from '../measured-event.ts';

const most = 6;

/** `rule "checkout-count", view "failed payments"`. */
export function named(users: readonly EventUser[]): string {
  const told = users.slice(0, most).map(({ kind, name }) => `${kind} "${name}"`).join(', ');
  return users.length > most ? `${told} and ${users.length - most} more` : told;
}

/** One sentence on those who use the event; it ends with what happens to them. */
export function usersLose({ users }: Pick<MeasuredEvent, 'users'>, what: string): readonly string[] {
  if (users === null) return ['Who uses these records is not known here.'];
  return users.length === 0 ? [] : [`Used by ${named(users)}: ${what}`];
}

/** Attribute keys and body paths that somebody names, each with who does. */
export function fieldsInUse({ users }: Pick<MeasuredEvent, 'users'>): ReadonlyMap<string, readonly EventUser[]> {
  const inUse = new Map<string, EventUser[]>();
  for (const user of users ?? []) {
    for (const field of user.fields) {
      const of = inUse.get(field);
      if (of === undefined) inUse.set(field, [user]); else of.push(user);
    }
  }
  return inUse;
}
