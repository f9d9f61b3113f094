// A key or chord, as printed on the keyboard: <Kbd>Ctrl K</Kbd>.
import type { ReactNode } from 'react';

export function Kbd({ children }: { readonly children: ReactNode }) { return <kbd className="kbd">{children}</kbd>; }
