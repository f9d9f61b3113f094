// The small button at a selection. It takes no focus from the text when it is pressed, so that the selection stays.
import { Button } from '../../../ui/index.ts';
import type { PointedText } from './use-text-selection.ts';

const buttonWidth = 110;
const buttonHeight = 36;

export function RedactAtSelection({ pointed, onRedact }: { readonly pointed: PointedText | null; readonly onRedact: () => void }) {
  if (pointed === null) return null;
  const left = Math.max(4, Math.min(pointed.left, window.innerWidth - buttonWidth));
  const top = Math.min(pointed.top, window.innerHeight - buttonHeight);
  return <div className="rdx-float" style={{ left, top }}><Button size="s" variant="primary" icon="redact" kbd="Shift R" onMouseDown={(event) => event.preventDefault()} onClick={onRedact}>Redact…</Button></div>;
}
