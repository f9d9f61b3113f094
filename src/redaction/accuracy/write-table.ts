// Rewrites DETECTORS.md: node src/redaction/accuracy/write-table.ts
// The one file here that writes; the layer has no types of Node, so the what it needs of it is named by hand.
import { detectorsDocument } from './table.ts';

interface Runtime { getBuiltinModule(name: 'node:fs'): { writeFileSync(path: string, text: string): void } }

const { process } = globalThis as unknown as { readonly process: Runtime };
const { dirname } = import.meta as unknown as { readonly dirname: string };
process.getBuiltinModule('node:fs').writeFileSync(`${dirname}/../DETECTORS.md`, detectorsDocument());
