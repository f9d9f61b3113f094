// What the rules views need beside the API: the tail of the dry run. Tests put a fake here.
import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from 'react';
import { dryRunTailClient, type TailState } from '../../workers/tail/index.ts';
import { leave, pageStay, stay } from './rule-tail-stay.ts';
import { createRuleTail, signalsOf, type RuleTail } from './rule-tail.ts';

const Context = createContext<RuleTail>(createRuleTail(dryRunTailClient, () => performance.now()));

export const RulesTailProvider = Context.Provider;
export const useTail = (): RuleTail => useContext(Context);
export const useTailState = (): TailState => useTailValue(whole);

/** One value of the tail's state; the component draws again only when it changes. `select` returns a part, never a new object. */
export function useTailValue<T>(select: (state: TailState) => T): T {
  const tail = useTail();
  return useSyncExternalStore(useCallback((listener: () => void) => tail.subscribe(listener), [tail]), () => select(tail.getState()));
}

const whole = (state: TailState): TailState => state;

/** Enough to judge a rule by, little enough to leave agents and the page alone. */
const maxRecordsPerSecond = 5000;

/** Keeps the dry run's tail open, on the signal that the text names, while the editor is on the page, and its records for a while after (rule-tail-stay.ts). */
export function useOpenTail(kql: string): void {
  const tail = useTail();
  const signals = signalsOf(kql);
  const key = signals.join();
  useEffect(() => {
    stay(tail);
    return () => leave(tail, pageStay);
  }, [tail]);
  useEffect(() => {
    tail.open({ signals, stage: 'in', maxRecordsPerSecond });
    // The list is made anew at each render; its content is the key.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [tail, key]);
}
