// Asks the worker again and again, at most once per interval and never twice at a time; the last answer stays on show.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** `key`: a change asks at once. `active` false stops asking. Failures keep the last answer. */
export function usePolled<T>(ask: () => Promise<T>, key: string, intervalMs: number, active = true): T | null {
  const [value, setValue] = useState<T | null>(null);
  const latest = useRef(ask);
  useLayoutEffect(() => { latest.current = ask; });
  useEffect(() => {
    if (!active) return;
    let live = true;
    let timer: ReturnType<typeof setTimeout>;
    const run = () => {
      latest.current().then((answer) => { if (live) setValue(answer); }, () => undefined).finally(() => { if (live) timer = setTimeout(run, intervalMs); });
    };
    run();
    return () => { live = false; clearTimeout(timer); };
  }, [key, intervalMs, active]);
  return value;
}
