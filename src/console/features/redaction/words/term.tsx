// A word with its explanation: on hover, on focus.
import type { ReactNode } from 'react';
import { Tooltip } from '../../../ui/index.ts';
import { terms, type TermName } from './terms.ts';

export function Term({ name, children }: { readonly name: TermName; readonly children: ReactNode }) {
  return <Tooltip content={terms[name]}><span className="redact-term" tabIndex={0}>{children}</span></Tooltip>;
}
