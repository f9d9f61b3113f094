// Keys on a block of the chain. Enter is the button's own.
import type { KeyboardEvent } from 'react';

export type KeyAct = { readonly act: 'focus'; readonly to: -1 | 1 | 'first' | 'last' } | { readonly act: 'move'; readonly by: -1 | 1 } | { readonly act: 'remove' | 'add' };

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** Null for a key that means nothing here. */
export function keyAct({ key, altKey, ctrlKey, metaKey }: Pressed): KeyAct | null {
  if (ctrlKey || metaKey) return null;
  if (altKey) return key === 'ArrowUp' ? { act: 'move', by: -1 } : key === 'ArrowDown' ? { act: 'move', by: 1 } : null;
  switch (key) {
    case 'ArrowUp': return { act: 'focus', to: -1 };
    case 'ArrowDown': return { act: 'focus', to: 1 };
    case 'Home': return { act: 'focus', to: 'first' };
    case 'End': return { act: 'focus', to: 'last' };
    case 'Delete': return { act: 'remove' };
    case '+': case 'Insert': return { act: 'add' };
    default: return null;
  }
}
