// The fixes that diagnostics bring along, in Monaco's light bulb (Ctrl+.) and in the hover of a squiggle.
import * as monaco from 'monaco-editor/editor/editor.api';
import type { KqlDiagnostic, QuickFix } from '../../../model/index.ts';

const shown = new WeakMap<monaco.editor.ITextModel, readonly KqlDiagnostic[]>();

/** The diagnostics whose fixes are offered from now on. */
export function offerFixes(model: monaco.editor.ITextModel, diagnostics: readonly KqlDiagnostic[]): void { shown.set(model, diagnostics); }

export function provideFixes(model: monaco.editor.ITextModel, range: monaco.Range): monaco.languages.CodeActionList {
  const [from, to] = [model.getOffsetAt(range.getStartPosition()), model.getOffsetAt(range.getEndPosition())];
  const touched = (shown.get(model) ?? []).filter(({ start, end }) => start <= to && Math.max(end, start + 1) >= from);
  return { actions: touched.flatMap(({ fixes = [] }) => fixes.map((fix, index) => toAction(model, fix, index === 0))), dispose: () => undefined };
}

function toAction(model: monaco.editor.ITextModel, { title, edits }: QuickFix, isPreferred: boolean): monaco.languages.CodeAction {
  const at = (offset: number) => model.getPositionAt(offset);
  const workspace = edits.map(({ start, end, text }) => ({ resource: model.uri, versionId: model.getVersionId(), textEdit: { range: monaco.Range.fromPositions(at(start), at(end)), text } }));
  return { title, kind: 'quickfix', isPreferred, edit: { edits: workspace } };
}
