// A selection's nodes: stacks that lead through the same functions are one node, hidden packages are skipped, calls of a function to
// itself fold, and with a focus all begins at its outermost call. Samples play no part here.
import { PairIndex } from '../build/index.ts';
import { none, type Profile } from '../model.ts';
import type { ProfileSelection } from './call-tree.ts';
import { walkPaths } from './walk-paths.ts';

export interface SelectedNodes {
  /** Row 0 is the root; a parent before its children. */
  readonly parent: Int32Array;
  readonly function: Int32Array;
  /** The node a stack ends in; `none` where the focus is not on the stack. */
  readonly nodeOfStack: Int32Array;
}

export const rootNode = 0;

/** The node table with only its root. */
export function startNodes(): PairIndex {
  const nodes = new PairIndex();
  nodes.row(none, none);
  return nodes;
}

export function selectNodes(profile: Profile, selection: ProfileSelection): SelectedNodes {
  const { stacks, frames } = profile;
  const hidden = hiddenFunctions(profile, selection.hiddenPackages);
  const focus = selection.focusFunction;
  const nodes = startNodes();
  const nodeOfStack = new Int32Array(stacks.count).fill(none);
  /** The function's node on the way to where the walk is; only kept when recursion folds. */
  const onPath = selection.collapseRecursion ? new Int32Array(profile.functions.count).fill(none) : null;
  const opened = onPath === null ? null : new Uint8Array(stacks.count);

  const enter = (stack: number): void => {
    const above = stacks.parent[stack]!;
    const fn = frames.function[stacks.frame[stack]!]!;
    const parent = above === none ? (focus === null ? rootNode : none) : nodeOfStack[above]!;
    if (parent === none && fn !== focus) return;
    const under = parent === none ? rootNode : parent;
    if (hidden !== null && hidden[fn] === 1) nodeOfStack[stack] = under;
    else if (onPath !== null && onPath[fn] !== none) nodeOfStack[stack] = onPath[fn]!;
    else {
      nodeOfStack[stack] = nodes.row(under, fn);
      if (onPath !== null) { onPath[fn] = nodeOfStack[stack]!; opened![stack] = 1; }
    }
  };
  if (onPath === null) for (let stack = 0; stack < stacks.count; stack++) enter(stack);
  else walkPaths(stacks.parent, enter, (stack) => { if (opened![stack] === 1) onPath[frames.function[stacks.frame[stack]!]!] = none; });
  return { parent: nodes.finishFirst(), function: nodes.finishSecond(), nodeOfStack };
}

function hiddenFunctions({ functions, strings }: Profile, packages: readonly string[]): Uint8Array | null {
  if (packages.length === 0) return null;
  const names = new Set(packages);
  return Uint8Array.from(functions.package, (row) => (row !== none && names.has(strings[row]!) ? 1 : 0));
}
