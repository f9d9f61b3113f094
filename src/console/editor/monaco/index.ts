// Monaco as an engine of the editor's seam. Imported dynamically only: this chunk is by far the page's largest.
import './environment.ts';
import './features.ts';
import type { EditorEngine } from '../engine.ts';
import { registerJavascript } from './javascript.ts';
import { registerLanguage } from './language.ts';
import { mountCode } from './mount-code.ts';
import { mountDiff } from './mount-diff.ts';
import { mountEditor } from './mount.ts';
import { followPageTheme } from './theme.ts';
import { registerYaml } from './yaml.ts';

registerLanguage();
registerYaml();
registerJavascript();
followPageTheme();

export const monacoEngine: EditorEngine = { mountEditor, mountDiff, mountCode };
