// An answer of the profile worker that follows what is asked. While a question is under way only the newest next one waits, so that a
// person who drags is never behind by more than one answer; the last answer stays until the next is there.
import { useEffect, useEffectEvent, useId, useState } from 'react';
import type { CallFailure } from '../../../workers/calls/index.ts';
import type { ProfileCalls, ProfileClient } from '../../../workers/profile/index.ts';
import { asFailure } from './use-profile.ts';

export interface Asked<T> { readonly value: T | null; /** Of the question in hand. */ readonly failure: CallFailure | null; /** `value` answers an earlier question. */ readonly stale: boolean }

interface Held<T> { readonly client: ProfileClient; readonly key: string; readonly value: T | null; readonly failure: CallFailure | null }

/** Null asks nothing, and keeps what was answered to the same call. */
export function useAsked<N extends keyof ProfileCalls>(client: ProfileClient, name: N, args: ProfileCalls[N]['args'] | null, more = ''): Asked<ProfileCalls[N]['answer']> {
  const place = useId();
  const [held, setHeld] = useState<Held<ProfileCalls[N]['answer']> | null>(null);
  const key = args === null ? null : `${JSON.stringify(args)} ${more}`;
  // The key stands for the arguments, which are new objects in each render.
  const argsNow = useEffectEvent(() => args);
  useEffect(() => {
    const asked = argsNow();
    if (key === null || asked === null) return undefined;
    return lineOf(client).ask(place, () => client.ask({}, name, ...asked).then(
      value => setHeld({ client, key, value, failure: null }),
      (error: unknown) => setHeld(before => ({ client, key, value: before?.client === client ? before.value : null, failure: asFailure(error) })),
    ));
  }, [client, name, key, place]);
  const own = held?.client === client ? held : null;
  return { value: own?.value ?? null, failure: own !== null && own.key === key ? own.failure : null, stale: own?.key !== key };
}

/** One question of each place at a time, and one waiting. */
class Line {
  readonly #busy = new Set<string>();
  readonly #waiting = new Map<string, () => Promise<void>>();

  /** What it gives back takes the question away, if it still waits. */
  ask(place: string, question: () => Promise<void>): () => void {
    if (this.#busy.has(place)) this.#waiting.set(place, question); else void this.#run(place, question);
    return () => { if (this.#waiting.get(place) === question) this.#waiting.delete(place); };
  }

  async #run(place: string, question: () => Promise<void>): Promise<void> {
    this.#busy.add(place);
    await question();
    this.#busy.delete(place);
    const next = this.#waiting.get(place);
    this.#waiting.delete(place);
    if (next !== undefined) void this.#run(place, next);
  }
}

const lines = new WeakMap<ProfileClient, Line>();
function lineOf(client: ProfileClient): Line {
  const line = lines.get(client) ?? new Line();
  lines.set(client, line);
  return line;
}
