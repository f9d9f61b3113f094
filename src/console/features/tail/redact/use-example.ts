// What the policy makes of the value that was pointed at, and of the other values that hold the same text: by the policy itself, in the
// worker, so that what is said of it is so.
import { useEffect, useState } from 'react';
import { redactionPolicy, type RedactionPolicy } from '../../../../model/index.ts';
import { policyOf, useRedactClient } from '../../../editor/redact/index.ts';
import type { PolicyExample, RedactClient } from '../../../workers/redact/index.ts';
import { excerptOf, leftOfPartial } from './excerpt.ts';
import { shownResult } from './shown-result.ts';
import { sameField, type FieldRef, type FieldText } from './target.ts';
import type { WishState } from './use-wish.ts';

export interface Example {
  readonly made: PolicyExample;
  /** What it becomes, as far as it is worth a line; what else detectors find in it is hidden for display only. Null when it is gone. */
  readonly shown: string | null;
  /** Characters of what is found, and those that `partial` leaves of it; null for another action. */
  readonly left: { readonly of: number; readonly stay: number } | null;
  /** Of the other values that hold the same text, those where it stays in clear. */
  readonly stays: readonly FieldRef[];
}

type Asked = Pick<WishState, 'wish' | 'at' | 'text' | 'secret' | 'alsoIn'>;

/** Null while it is asked, and where there is no value to try it on. */
export function useExample({ wish, at, text, secret, alsoIn }: Asked, all: readonly FieldText[]): Example | null {
  const client = useRedactClient();
  const [told, setTold] = useState<{ readonly of: Asked['wish']; readonly text: string; readonly example: Example | null } | null>(null);
  useEffect(() => {
    const value = all.find((one) => sameField(one, at))?.text;
    if (text === null || value === undefined) return;
    let live = true;
    const { weir: _weir, kind: _kind, name: _name, description: _description, location: _location, targets: _targets, order: _order, ...policy } = policyOf(wish, at, 'example', '');
    askExample(client, redactionPolicy.parse(policy), at, value, all.filter((one) => alsoIn.some((field) => sameField(one, field))), secret, wish).then(
      (example) => { if (live) setTold({ of: wish, text, example }); },
      () => { if (live) setTold({ of: wish, text, example: null }); },
    );
    return () => { live = false; };
  }, [client, wish, at, text, secret, alsoIn, all]);
  return told?.of === wish && told.text === text ? told.example : null;
}

async function askExample(client: RedactClient, policy: RedactionPolicy, at: Asked['at'], value: string, others: readonly FieldText[], secret: string, { action, keep }: Asked['wish']): Promise<Example> {
  const made = await client.example(policy, at, value);
  const shown = shownResult(value, made, (await client.scan([{ text: value, key: at.key }]))[0] ?? []);
  const after = await Promise.all(others.map(async ({ place, key, text }) => ({ place, key, made: await client.example(policy, { service: at.service, place, key }, text) })));
  const first = made.hidden[0];
  return {
    made,
    shown: shown === null ? null : excerptOf(shown, first?.start ?? 0),
    left: action !== 'partial' || first === undefined ? null : leftOfPartial(value.slice(first.start, first.end), keep),
    stays: after.filter((other) => other.made.text?.includes(secret) === true).map(({ place, key }) => ({ place, key })),
  };
}
