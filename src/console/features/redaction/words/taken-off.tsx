// Who ended what had hidden a source, and when, as far as the server knows.
import type { RedactionSource } from '../../../../model/index.ts';
import { When } from './when.tsx';

/** "payments-policy taken off by alice at 14:03:10"; nothing when it is not known. */
export function TakenOff({ source: { endedBy } }: { readonly source: Pick<RedactionSource, 'endedBy'> }) {
  return endedBy === undefined ? null : <><span className="mono">{endedBy.rule}</span> taken off by {endedBy.by} at <When at={endedBy.at} /></>;
}
