// Facets: how the matching records divide by severity, service, durable id, agent and a few attributes.
import type { TailFacet } from '../../../workers/tail/index.ts';
import { Button, Checkbox, formatCount, MaskedText, shortenPath, Skeleton } from '../../../ui/index.ts';

/** Values switched off, by field: what the URL holds. */
export type SwitchedOff = Readonly<Record<string, readonly string[]>>;
export interface FacetPaneProps { readonly facets: readonly TailFacet[] | null; readonly off: SwitchedOff; readonly onChange: (off: SwitchedOff) => void }

export function FacetPane({ facets, off, onChange }: FacetPaneProps) {
  if (facets === null) return <div className="tail-facets pad" aria-busy="true"><Skeleton /></div>;
  return (
    <section className="tail-facets" aria-label="Facets" tabIndex={0}>
      {facets.filter((facet) => facet.values.length > 0).map((facet) => <Facet key={facet.field} facet={facet} off={off} onChange={onChange} />)}
      {Object.keys(off).length > 0 && <div className="pad"><Button size="s" variant="ghost" onClick={() => onChange({})}>Show all values</Button></div>}
    </section>
  );
}

function Facet({ facet, off, onChange }: { readonly facet: TailFacet } & Omit<FacetPaneProps, 'facets'>) {
  const most = Math.max(1, ...facet.values.map((value) => value.count));
  const switched = off[facet.field] ?? [];
  const set = (values: readonly string[]) => {
    const { [facet.field]: _before, ...rest } = off;
    onChange(values.length === 0 ? rest : { ...rest, [facet.field]: values });
  };
  const only = (chosen: string) => set(facet.values.map((value) => value.value).filter((value) => value !== chosen));
  return (
    <div className="tail-facet" role="group" aria-label={facet.field}>
      <h2><span className="ell">{facet.field}</span><span className="end t3">records</span></h2>
      {facet.values.map((value) => (
        <div className="tail-facet-value" key={value.value}>
          <span className="bar-of" style={{ width: `${(value.count / most) * 100}%` }} />
          <Checkbox checked={value.selected} onChange={(on) => set(on ? switched.filter((one) => one !== value.value) : [...switched, value.value])}>
            <span className={`ell ${facet.field === 'DurableId' ? 'mono' : ''} ${value.selected ? '' : 't3'}`} title={value.value}><MaskedText text={shortenPath(value.value, 21)} /></span>
          </Checkbox>
          {facet.values.length > 1 && <button type="button" className="only" onClick={() => only(value.value)} aria-label={`Only ${value.value}`}>only</button>}
          <span className="n">{value.selected ? formatCount(value.count) : 'off'}</span>
        </div>
      ))}
      {facet.other > 0 && <div className="tail-facet-value t3"><span className="ell">others, and records without</span><span className="n">{formatCount(facet.other)}</span></div>}
    </div>
  );
}
