// What the tail view needs from outside React: the tail client. Tests put a fake here.
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { tailClient, type TailClient, type TailState } from '../../workers/tail/index.ts';

const Context = createContext<TailClient>(tailClient);

export const TailClientProvider = Context.Provider;
export const useTailClient = (): TailClient => useContext(Context);

export function useTailState(): TailState {
  const client = useTailClient();
  return useSyncExternalStore(useCallback((listener: () => void) => client.subscribe(listener), [client]), () => client.getState());
}
