// Shows the text of strings, or hides it again.
import { Button } from '../../../ui/index.ts';
import type { Revealing } from './use-reveal.ts';

export const RevealButton = ({ reveal }: { readonly reveal: Revealing }) => (reveal.on
  ? <Button size="s" variant="ghost" icon="shield" onClick={reveal.mask}>Mask strings</Button>
  : <Button size="s" variant="ghost" icon="eye" title={reveal.isLocal ? 'The text of this file\'s strings' : 'The audit will say that you looked'} onClick={reveal.ask}>Show strings…</Button>);
