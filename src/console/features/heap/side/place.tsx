// Where a function, or the constructor of an object's class, stands; and a probe there, where there are probes.
import { probeLink } from '../../../state/index.ts';
import { copyText, Icon, IconButton, shortenPath } from '../../../ui/index.ts';
import type { HeapObject } from '../../../workers/heap/index.ts';

export function Place({ details: { node, location, file } }: { readonly details: HeapObject }) {
  if (location === null || file === '') return null;
  const place = `${file}:${location.line}`;
  const probe = probeLink(file, location.line);
  return (
    <div className="heap-place">
      <span className="t3 nw">{node.type === 'closure' ? 'stands at' : 'constructor at'}</span><span className="mono acc ell" title={`${place}, column ${location.column}`}>{shortenPath(place, 44)}</span>
      <IconButton icon="copy" label="Copy the place" size="s" variant="ghost" onClick={() => void copyText(place, 'Place')} />
      {probe !== null && <a className="btn primary s end" href={probe}><Icon name="probe" size="s" />Add a probe at {place.split('/').at(-1)}</a>}
    </div>
  );
}
