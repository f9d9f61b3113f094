// The call tree of a selection: samples onto stacks, stacks onto nodes, nodes into a tree. Linear in samples plus stacks.
import { none, type Profile } from '../model.ts';
import type { CallTree, ProfileSelection } from './call-tree.ts';
import { finishTree } from './finish-tree.ts';
import { rootNode, selectNodes } from './select-nodes.ts';
import { weighStacks } from './weigh-stacks.ts';

/** Weights in the unit of `selection.weight`. Samples with an empty stack weigh on the root itself; with a focus they are not in. */
export function callTree(profile: Profile, selection: ProfileSelection): CallTree {
  const { weight, samples } = weighStacks(profile, selection);
  const nodes = selectNodes(profile, selection);
  const self = new Float64Array(nodes.parent.length);
  const selfSamples = new Float64Array(nodes.parent.length);
  if (selection.focusFunction === null) {
    self[rootNode] = weight[0]!;
    selfSamples[rootNode] = samples[0]!;
  }
  for (let stack = 0; stack < nodes.nodeOfStack.length; stack++) {
    const node = nodes.nodeOfStack[stack]!;
    if (node === none) continue;
    self[node]! += weight[stack + 1]!;
    selfSamples[node]! += samples[stack + 1]!;
  }
  return finishTree({ parent: nodes.parent, function: nodes.function, self, selfSamples });
}
