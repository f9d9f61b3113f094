// Toasts: what happened, with undo where it can be undone. Errors stay longer, and while they are looked at; none stays for ever.
import { useEffect, useState } from 'react';
import { dismissToast, useToasts } from '../state/index.ts';
import type { ToastMessage } from '../state/index.ts';
import { Button, IconButton } from './button.tsx';
import { Icon } from './icon.tsx';

export { toast } from '../state/index.ts';

const shownMs = 6000;
const failureShownMs = 20_000;

/** Mount once, at the root. */
export function ToastRegion() {
  const toasts = useToasts(state => state.toasts);
  return <div className="toasts" role="region" aria-label="Messages">{toasts.map(message => <Toast key={message.id} message={message} />)}</div>;
}

function Toast({ message }: { readonly message: ToastMessage }) {
  const failed = message.kind === 'error';
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismissToast(message.id), failed ? failureShownMs : shownMs);
    return () => clearTimeout(timer);
  }, [failed, held, message.id]);
  return (
    <div className={failed ? 'pop toast danger' : 'pop toast'} role={failed ? 'alert' : 'status'} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <span className={failed ? 'red' : 'acc'}><Icon name={failed ? 'warn' : 'check'} /></span>
      <div className="grow"><div>{message.title}</div>{message.detail && <div className="meta t3">{message.detail}</div>}</div>
      {message.action && <Button size="s" onClick={() => { message.action?.run(); dismissToast(message.id); }}>{message.action.label}</Button>}
      <IconButton icon="x" label="Close message" variant="ghost" size="s" tooltip={false} onClick={() => dismissToast(message.id)} />
    </div>
  );
}
