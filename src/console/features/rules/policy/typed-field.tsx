// A text field whose text reaches the document while a person types, a moment after the last key: what is said of the document beside
// it is then about what stands in the field.
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { Input } from '../../../ui/index.ts';

const restMs = 300;

interface TypedFieldProps { readonly label: string; readonly value: string; /** What fits not is not committed, and said. */ readonly schema: z.ZodType<string>; readonly problem: string | null; readonly onCommit: (value: string) => void }

export function TypedField({ label, value, schema, problem, onCommit }: TypedFieldProps) {
  const [draft, setDraft] = useState<{ readonly text: string; /** Of the document when it was typed. */ readonly of: string } | null>(null);
  // The document changed otherwise (undo, its text): that counts.
  const text = draft === null || draft.of !== value ? value : draft.text;
  const read = schema.safeParse(text);
  const commit = () => { if (text !== value && read.success) onCommit(read.data); };
  useEffect(() => {
    if (text === value || !read.success) return;
    const timer = setTimeout(commit, restMs);
    return () => clearTimeout(timer);
  });
  return <Input mono label={label} spellCheck={false} autoComplete="off" value={text} error={read.success ? (text === value ? problem : null) : read.error.issues[0]?.message ?? problem} onChange={(event) => setDraft({ text: event.target.value, of: value })} onBlur={commit} />;
}
