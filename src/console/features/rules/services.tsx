// What the rules views need beside the API: the tail. Tests put a fake here.
import { createContext, useContext, useSyncExternalStore } from 'react';
import { tailClient } from '../../workers/tail/index.ts';
import type { TailClient, TailState } from '../../workers/tail/types.ts';

const Context = createContext<TailClient>(tailClient);

export const RulesTailProvider = Context.Provider;
export const useTail = (): TailClient => useContext(Context);

export function useTailState(): TailState {
  const tail = useTail();
  return useSyncExternalStore(listener => tail.subscribe(listener), () => tail.getState());
}
