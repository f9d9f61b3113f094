// Monaco's diff editor, read-only, behind the engine's port.
import * as monaco from 'monaco-editor/editor/editor.api';
import type { DiffOptions, MountedDiff } from '../engine.ts';
import { languageId } from './language.ts';
import { yamlId } from './yaml.ts';

export function mountDiff(host: HTMLElement, options: DiffOptions): MountedDiff {
  const language = options.language === 'kql' ? languageId : yamlId;
  const original = monaco.editor.createModel(options.original, language);
  const modified = monaco.editor.createModel(options.modified, language);
  const editor = monaco.editor.createDiffEditor(host, {
    readOnly: true, automaticLayout: true, renderSideBySide: true, useInlineViewWhenSpaceIsLimited: true, renderSideBySideInlineBreakpoint: 640, diffWordWrap: 'on', wordWrap: 'on', fontSize: 12, lineHeight: 20, fontLigatures: false,
    hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 4 },
    minimap: { enabled: false }, scrollBeyondLastLine: false, overviewRulerLanes: 0, renderOverviewRuler: false, contextmenu: false, folding: false, glyphMargin: false,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono').trim() || 'monospace',
  });
  const view = editor.createViewModel({ original, modified });
  editor.setModel(view);
  editor.getOriginalEditor().updateOptions({ ariaLabel: `${options.label}, before` });
  editor.getModifiedEditor().updateOptions({ ariaLabel: `${options.label}, after` });
  let first = true;
  const compared = editor.onDidUpdateDiff(() => {
    options.onDifferences(editor.getLineChanges()?.length ?? 0);
    if (first) { first = false; editor.revealFirstDiff(); }
  });
  return {
    go: way => editor.goToDiff(way),
    update: (before, after) => { if (original.getValue() !== before) original.setValue(before); if (modified.getValue() !== after) modified.setValue(after); },
    // The view model first: that cancels a comparison under way, which would miss its texts and say so as an error of the page.
    dispose: () => { compared.dispose(); editor.setModel(null); view.dispose(); editor.dispose(); original.dispose(); modified.dispose(); },
  };
}
