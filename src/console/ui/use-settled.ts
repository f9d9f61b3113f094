// A value that has stood still for a moment: typing does not ask the agent with every key.
import { useEffect, useState } from 'react';

const quietMs = 300;

/** Compared by content. Null is passed on at once. */
export function useSettled<T extends object>(value: T | null): T | null {
  const text = value === null ? null : JSON.stringify(value);
  const [settled, setSettled] = useState<{ readonly text: string; readonly value: T } | null>(null);
  useEffect(() => {
    if (value === null || text === null) return;
    const timer = setTimeout(() => setSettled({ text, value }), quietMs);
    return () => clearTimeout(timer);
    // Content decides, not the object.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [text]);
  return text === null || settled?.text !== text ? null : settled.value;
}
