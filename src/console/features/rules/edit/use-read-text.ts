// What a text says field by field, and its code as it is typed. While the text is no valid YAML, what could be read last stays.
import { useCallback, useMemo, useState } from 'react';
import type { RuleKind } from '../../../../model/index.ts';
import { tidyCode, type RuleEdit } from '../../../../rules/index.ts';
import { fieldsOf, kindOf, type DraftFields } from '../draft/index.ts';
import type { KeptText } from './use-kept-text.ts';

export interface ReadFields {
  /** Null while the text is no valid YAML. */
  readonly fields: DraftFields | null;
  /** `fields`, or the last that could be read: what is shown and cannot be edited meanwhile. */
  readonly shownFields: DraftFields | null;
  /** The kind that the text says; while it is no valid YAML, the one that it said last. */
  readonly kind: RuleKind;
}

export function useReadFields({ text, base }: Pick<KeptText, 'text' | 'base'>, ruleKind: RuleKind | undefined): ReadFields {
  const fields = useMemo(() => fieldsOf(text), [text]);
  const [readable, setReadable] = useState(fields ?? fieldsOf(base));
  if (fields !== null && fields !== readable) setReadable(fields);
  const said = useMemo(() => kindOf(text), [text]);
  const [kind, setKind] = useState<RuleKind>(said ?? ruleKind ?? kindOf(base) ?? 'query');
  if (said !== null && said !== kind) setKind(said);
  return { fields, shownFields: fields ?? readable, kind };
}

/** White space at the end of code is no part of the document, and stays in the box while somebody types. */
export function useTypedCode(field: 'kql' | 'javascript', ofText: string, edit: (edits: readonly RuleEdit[]) => void): readonly [code: string, setCode: (code: string) => void] {
  const [typed, setTyped] = useState('');
  const setCode = useCallback((next: string) => { setTyped(next); edit([{ path: [field], value: next }]); }, [field, edit]);
  return [tidyCode(typed) === ofText ? typed : ofText, setCode];
}
