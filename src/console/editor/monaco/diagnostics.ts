// Diagnostics as squiggles, and hints also as quiet text at the end of their line.
import * as monaco from 'monaco-editor/editor/editor.api';
import type { KqlDiagnostic } from '../../../model/index.ts';

const owner = 'kql';

export function showMarkers(model: monaco.editor.ITextModel, diagnostics: readonly KqlDiagnostic[]): void {
  monaco.editor.setModelMarkers(model, owner, diagnostics.map(diagnostic => toMarker(model, diagnostic)));
}

/** One line-end note per line that has a hint. */
export function hintDecorations(model: monaco.editor.ITextModel, diagnostics: readonly KqlDiagnostic[]): monaco.editor.IModelDeltaDecoration[] {
  const byLine = new Map<number, string>();
  for (const { severity, end, message } of diagnostics) if (severity === 'hint') byLine.set(model.getPositionAt(end).lineNumber, message);
  return [...byLine].map(([line, content]) => {
    const column = model.getLineMaxColumn(line);
    return { range: new monaco.Range(line, column, line, column), options: { showIfCollapsed: true, after: { content: `   ${content}`, inlineClassName: 'kql-hint', cursorStops: monaco.editor.InjectedTextCursorStops.None } } };
  });
}

function toMarker(model: monaco.editor.ITextModel, { severity, code, message, help, start, end }: KqlDiagnostic): monaco.editor.IMarkerData {
  const from = model.getPositionAt(start);
  // An empty range still deserves a mark: one character, or the one before it at the end of a line.
  const to = model.getPositionAt(Math.max(end, start + 1));
  return {
    severity: severity === 'error' ? monaco.MarkerSeverity.Error : severity === 'warning' ? monaco.MarkerSeverity.Warning : monaco.MarkerSeverity.Info,
    code, message: help === undefined ? message : `${message}\n${help}`,
    startLineNumber: from.lineNumber, startColumn: from.column, endLineNumber: to.lineNumber, endColumn: to.column,
  };
}
