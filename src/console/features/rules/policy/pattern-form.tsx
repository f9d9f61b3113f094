// One own pattern of a policy, with its test box below it.
import { z } from 'zod';
import { ownPattern, type OwnPattern } from '../../../../model/index.ts';
import { TestBox } from '../../../editor/redact/index.ts';
import { DraftField } from '../machine/index.ts';
import { WordsField } from './fields.tsx';
import { TypedField } from './typed-field.tsx';
import { renamePattern, setItem } from './policy-edits.ts';
import type { PolicyFormProps } from './types.ts';

const { name: nameText, pattern: patternText } = ownPattern.shape;
const shareText = z.string().refine((text) => { const value = Number(text); return value > 0 && value <= 1; }, 'A number above 0, up to 1.');
const someText = z.string().max(500, 'At most 500 characters.');

export function PatternForm({ pattern, index, document, onEdit, takeLive, problemsAt }: { readonly pattern: OwnPattern; readonly index: number } & PolicyFormProps) {
  const set = (patch: Partial<Record<keyof OwnPattern, unknown>>) => onEdit(setItem('patterns', index, patch));
  return (
    <>
      <div className="net-fields">
        <DraftField label="Name" mono value={pattern.name} schema={nameText} onCommit={(name) => { if (name !== undefined) onEdit(renamePattern(document, index, name)); }} />
        <DraftField label="How sure a match is, 0 to 1" value={String(pattern.confidence ?? '')} placeholder="as it is" optional schema={shareText} onCommit={(value) => set({ confidence: value === undefined ? undefined : Number(value) })} />
      </div>
      <TypedField label="Pattern, in RE2" value={pattern.pattern} schema={patternText} problem={problemsAt(`patterns/${index}/pattern`)[0] ?? null} onCommit={(value) => set({ pattern: value })} />
      <WordsField label="Only near one of these words" value={pattern.near ?? []} placeholder="anywhere, or: order, ticket" onCommit={(near) => set({ near })} />
      <DraftField label="What it finds" value={pattern.description ?? ''} optional schema={someText} onCommit={(description) => set({ description })} />
      <TestBox pattern={pattern.pattern} near={pattern.near ?? []} takeLive={takeLive} />
    </>
  );
}
