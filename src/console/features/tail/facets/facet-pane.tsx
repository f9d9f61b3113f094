// Facets: how the matching records divide by severity, service, durable id, agent and a few attributes.
import type { TailFacet } from '../../../workers/tail/index.ts';
import { Button, Checkbox, formatCount, MaskedText, shortenPath, Skeleton } from '../../../ui/index.ts';
import { chosenOf, onlyValue, toggled, type FacetChoice } from './facet-choice.ts';

export interface FacetPaneProps { readonly facets: readonly TailFacet[] | null; readonly choice: FacetChoice; readonly onChange: (choice: FacetChoice) => void }

export function FacetPane({ facets, choice, onChange }: FacetPaneProps) {
  if (facets === null) return <div className="tail-facets pad" aria-busy="true"><Skeleton /></div>;
  return (
    <section className="tail-facets" aria-label="Facets" tabIndex={0}>
      {facets.filter((facet) => facet.values.length > 0).map((facet) => <Facet key={facet.field} facet={facet} choice={choice} onChange={onChange} />)}
      {Object.keys(choice.off).length + Object.keys(choice.only).length > 0 && <div className="pad"><Button size="s" variant="ghost" onClick={() => onChange({ off: {}, only: {} })}>Show all values</Button></div>}
    </section>
  );
}

function Facet({ facet, choice, onChange }: { readonly facet: TailFacet } & Omit<FacetPaneProps, 'facets'>) {
  const most = Math.max(1, ...facet.values.map((value) => value.count));
  const only = chosenOf(choice.only, facet.field);
  return (
    <div className="tail-facet" role="group" aria-label={facet.field}>
      <h2><span className="ell">{facet.field}</span>{only === undefined ? <span className="end t3">records</span> : <button type="button" className="end link" onClick={() => onChange(onlyValue(choice, facet.field, null))} aria-label={`Show all values of ${facet.field}`}>only, show all</button>}</h2>
      {facet.values.map((value) => (
        <div className="tail-facet-value" key={value.value}>
          <span className="bar-of" style={{ width: `${(value.count / most) * 100}%` }} />
          <Checkbox checked={value.selected} onChange={(on) => onChange(toggled(choice, facet.field, value.value, on))}>
            <span className={`ell ${facet.field === 'DurableId' ? 'mono' : ''} ${value.selected ? '' : 't3'}`} title={value.label === undefined ? value.value : `${value.label} (${value.value})`}><MaskedText text={value.label ?? shortenPath(value.value, 21)} /></span>
          </Checkbox>
          {(facet.values.length > 1 || facet.other > 0) && only === undefined && <button type="button" className="only" onClick={() => onChange(onlyValue(choice, facet.field, value.value))} aria-label={`Only ${value.label ?? value.value}`}>only</button>}
          <span className="n">{value.selected ? formatCount(value.count) : 'off'}</span>
        </div>
      ))}
      {facet.other > 0 && <div className="tail-facet-value t3"><span className="ell">others, and records without</span><span className="n">{formatCount(facet.other)}</span></div>}
    </div>
  );
}
