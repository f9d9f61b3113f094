// Type numbers of one snapshot by the names that its head gives them; -1 for a type that it does not know.
import type { Heap } from '../model.ts';

interface TypeRows {
  readonly node: Readonly<Record<'hidden' | 'array' | 'string' | 'object' | 'code' | 'closure' | 'regexp' | 'native' | 'synthetic' | 'consString' | 'slicedString' | 'number', number>>;
  readonly edge: Readonly<Record<'element' | 'property' | 'internal' | 'hidden' | 'shortcut' | 'weak' | 'context', number>>;
}

export function typeRows({ nodeTypes, edgeTypes }: Pick<Heap, 'nodeTypes' | 'edgeTypes'>): TypeRows {
  const node = (name: string): number => nodeTypes.indexOf(name);
  const edge = (name: string): number => edgeTypes.indexOf(name);
  return {
    node: {
      hidden: node('hidden'), array: node('array'), string: node('string'), object: node('object'), code: node('code'), closure: node('closure'), regexp: node('regexp'),
      native: node('native'), synthetic: node('synthetic'), consString: node('concatenated string'), slicedString: node('sliced string'), number: node('number'),
    },
    edge: { element: edge('element'), property: edge('property'), internal: edge('internal'), hidden: edge('hidden'), shortcut: edge('shortcut'), weak: edge('weak'), context: edge('context') },
  };
}
