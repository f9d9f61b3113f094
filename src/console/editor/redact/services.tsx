// The redact worker as components get it, and what is known of detectors. Tests put a fake here.
import { createContext, useContext, useEffect, useState } from 'react';
import { redactClient, type RedactClient, type RedactFacts } from '../../workers/redact/index.ts';

const Context = createContext<RedactClient>(redactClient);
export const RedactClientProvider = Context.Provider;
export const useRedactClient = (): RedactClient => useContext(Context);

export const noFacts: RedactFacts = { detectors: [], sensitiveKeys: [] };
const known = new WeakMap<RedactClient, Promise<RedactFacts>>();

/** Empty until the worker answered; asked once for the page. */
export function useRedactFacts(): RedactFacts {
  const client = useRedactClient();
  const [facts, setFacts] = useState(noFacts);
  useEffect(() => {
    let live = true;
    let asked = known.get(client);
    // A failure is not remembered: the next box asks again.
    if (asked === undefined) { asked = client.facts(); known.set(client, asked); asked.catch(() => known.delete(client)); }
    asked.then((found) => { if (live) setFacts(found); }, () => undefined);
    return () => { live = false; };
  }, [client]);
  return facts;
}
