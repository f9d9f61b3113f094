// Fields of the inspector: what is typed goes into the document when the field is left or Enter is pressed, and only when it
// is well formed; what is wrong says so and stays to be mended.
import { useRef, useState } from 'react';
import type { z } from 'zod';
import { Input } from '../../../../ui/index.ts';

interface DraftFieldProps { readonly label: string; readonly value: string; /** From what is typed to what the document gets. */ readonly schema: z.ZodType<string>; readonly optional?: boolean; readonly placeholder?: string; readonly mono?: boolean; /** What is wrong with the value that the document has, in a sentence. */ readonly problem?: string | null; readonly onCommit: (value: string | undefined) => void }

/** `optional`: emptied means removed. */
export function DraftField({ label, value, schema, optional = false, placeholder, mono = false, problem = null, onCommit }: DraftFieldProps) {
  const box = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState({ base: value, text: value, left: false });
  // Changed elsewhere: the field follows.
  if (typed.base !== value) setTyped({ base: value, text: value, left: false });
  const { text, left } = typed;
  const set = (next: string) => setTyped({ base: value, text: next, left: false });
  const given = text.trim();
  const removed = given === '' && optional;
  const checked = removed ? null : schema.safeParse(given);
  const error = checked !== null && !checked.success && text !== value ? checked.error.issues[0]?.message ?? 'This is not of the right form.' : null;
  const commit = () => {
    if (given === value) { set(value); return; }
    if (removed) { onCommit(undefined); return; }
    if (checked?.success !== true) { setTyped({ ...typed, left: true }); requestAnimationFrame(() => box.current?.scrollIntoView({ block: 'nearest' })); return; }
    set(value);
    onCommit(checked.data);
  };
  return (
    <div ref={box} className="net-draft">
      <Input small mono={mono} label={label} value={text} placeholder={placeholder} error={left && error !== null ? error : text === value ? problem : null} spellCheck={false} autoComplete="off" onChange={(event) => set(event.target.value)} onBlur={commit}
        onKeyDown={(event) => { if (event.key === 'Enter') commit(); if (event.key === 'Escape' && text !== value) { event.preventDefault(); set(value); } }} />
    </div>
  );
}
