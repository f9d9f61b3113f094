// What happens to it, with what the value becomes.
import { actionWords, type WishAction } from '../../../editor/redact/index.ts';
import { Input, Segmented } from '../../../ui/index.ts';
import { onlyHere } from './shown-result.ts';
import { ShownText } from './shown-text.tsx';
import type { Example } from './use-example.ts';
import type { WishState } from './use-wish.ts';

const actions: readonly WishAction[] = ['mask', 'partial', 'hash', 'remove', 'drop'];
const options = actions.map((value) => ({ value, label: actionWords[value].title, title: actionWords[value].says }));

export function HowSection({ state: { fields, set, text }, example }: { readonly state: WishState; readonly example: Example | null }) {
  return (
    <div className="rdx-part" role="group" aria-label="What happens to it">
      <span className="rdx-legend">What happens to it</span>
      <div className="row gap2"><Segmented<WishAction> label="What happens to it" value={fields.action} options={options} onChange={(action) => set({ action })} />
        {fields.action === 'partial' && <span className="row gap1 t2">leave up to <Input small type="number" min={1} max={8} aria-label="Characters left at the end, at most" value={fields.keep} onChange={(event) => set({ keep: Math.min(8, Math.max(1, Number(event.target.value) || 1)) })} /></span>}</div>
      <p className="meta t3">{actionWords[fields.action].says}</p>
      {text !== null && <Becomes example={example} />}
      {example?.left != null && example.left.stay < fields.keep && <p className="meta t2" role="status">{example.left.stay} of its {example.left.of} characters stay, not {fields.keep}: of a short text never more than a third, so that it cannot be guessed.</p>}
    </div>
  );
}

function Becomes({ example }: { readonly example: Example | null }) {
  if (example === null) return <p className="rdx-example t3">…</p>;
  const { made, shown } = example;
  return <p className="rdx-example" role="status"><span className="t3">It becomes </span><span className="mono">{made.whole === 'drop' ? <span className="t2">nothing: the record is not sent</span> : shown === null ? <span className="t2">nothing: the attribute is gone</span> : made.hidden.length === 0 ? <span className="amb">what it is: this value would stay as it is</span> : <ShownText text={shown} />}</span>{shown?.includes(onlyHere) === true && <span className="meta t3"> <span className="rdx-only">{onlyHere}</span> another secret, hidden here for display only</span>}</p>;
}
