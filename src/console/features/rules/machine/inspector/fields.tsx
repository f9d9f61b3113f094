// Fields of the inspector: what is typed goes into the document when the field is left or Enter is pressed, and only when it
// is well formed; what is wrong says so and stays to be mended.
import { useState } from 'react';
import type { z } from 'zod';
import { Input } from '../../../../ui/index.ts';

interface DraftFieldProps { readonly label: string; readonly value: string; readonly schema: z.ZodType; readonly optional?: boolean; readonly placeholder?: string; readonly mono?: boolean; readonly disabled?: boolean; readonly onCommit: (value: string | undefined) => void }

/** `optional`: emptied means removed. */
export function DraftField({ label, value, schema, optional = false, placeholder, mono = false, disabled = false, onCommit }: DraftFieldProps) {
  const [typed, setTyped] = useState({ base: value, text: value });
  // Changed elsewhere: the field follows.
  if (typed.base !== value) setTyped({ base: value, text: value });
  const { text } = typed;
  const setText = (next: string) => setTyped({ base: value, text: next });
  const given = text.trim();
  const checked = given === '' && optional ? null : schema.safeParse(given);
  const error = checked !== null && !checked.success && text !== value ? checked.error.issues[0]?.message ?? 'This is not of the right form.' : null;
  const commit = () => {
    if (error !== null || given === value) return;
    onCommit(given === '' && optional ? undefined : given);
  };
  return <Input small mono={mono} label={label} value={text} placeholder={placeholder} disabled={disabled} error={error} spellCheck={false} autoComplete="off" onChange={(event) => setText(event.target.value)} onBlur={commit} onKeyDown={(event) => { if (event.key === 'Enter') commit(); if (event.key === 'Escape') setText(value); }} />;
}
