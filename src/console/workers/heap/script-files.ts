// The files of a snapshot's scripts: places in it name a script by V8's number only, but functions lead to the script, which has its name.
import { fieldsOf, type EdgeRow, type HeapAnalysis } from '../../../heap/index.ts';

/** Functions that are asked per script: some share what was compiled away. */
const tries = 3;
const request = { start: 0, count: 32, reveal: false };

/** By V8's script id; scripts without a name, such as those made by `eval`, are left out. One pass over the places. */
export function scriptFiles(analysis: HeapAnalysis): ReadonlyMap<number, string> {
  const { locations, nodes, nodeTypes } = analysis.heap;
  const closure = nodeTypes.indexOf('closure');
  const files = new Map<number, string>();
  const tried = new Map<number, number>();
  for (let at = 0; at < locations.count; at++) {
    const [script, row] = [locations.scriptId[at]!, locations.node[at]!];
    if (nodes.type[row] !== closure || files.has(script) || (tried.get(script) ?? 0) >= tries) continue;
    tried.set(script, (tried.get(script) ?? 0) + 1);
    const file = fileOf(analysis, row);
    if (file !== '') files.set(script, file);
  }
  return files;
}

/** function → what all functions of its text share → the script, whose name is its address. */
function fileOf(analysis: HeapAnalysis, row: number): string {
  const shared = internal(analysis, row, 'shared');
  const script = shared === undefined ? undefined : internal(analysis, shared.node.row, 'script');
  return script === undefined || script.node.text.isValue ? '' : pathOf(script.node.text.text);
}

const internal = (analysis: HeapAnalysis, row: number, name: string): EdgeRow | undefined => fieldsOf(analysis, row, request).rows.find(edge => edge.type === 'internal' && edge.name.text === name);

/** `file:///shop/a.js` as a path; other addresses stay. A script without a name is called by its kind. */
function pathOf(address: string): string {
  if (address.startsWith('system / ') || address.startsWith('(')) return '';
  if (!address.startsWith('file://')) return address;
  try { return decodeURIComponent(new URL(address).pathname); } catch { return address; }
}
