// What the rules views need beside the API: the tail. Tests put a fake here.
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { tailClient, type TailClient, type TailState } from '../../workers/tail/index.ts';

const Context = createContext<TailClient>(tailClient);

export const RulesTailProvider = Context.Provider;
export const useTail = (): TailClient => useContext(Context);
export const useTailState = (): TailState => useTailValue(whole);

/** One value of the tail's state; the component draws again only when it changes. `select` returns a part, never a new object. */
export function useTailValue<T>(select: (state: TailState) => T): T {
  const tail = useTail();
  return useSyncExternalStore(useCallback((listener: () => void) => tail.subscribe(listener), [tail]), () => select(tail.getState()));
}

const whole = (state: TailState): TailState => state;
