// What the probe that was put in from here brings: its state, its values, and the way to all of its records.
import { isProbeIn, useProbe } from '../../../api/index.ts';
import { Chip, formatRate, Pane, useNow } from '../../../ui/index.ts';
import { isDynamic } from '../../../../model/index.ts';
import { HitWords } from '../hit-words.tsx';
import { InsertAgain } from '../insert-again.tsx';
import { LastValues } from '../last-values.tsx';
import { Measured } from '../measured.tsx';
import { RemoveButton } from '../remove-button.tsx';
import { Said } from '../said.tsx';
import { samplingOf, stateShown } from '../sampling.ts';
import { SamplingNote } from '../sampling-note.tsx';
import { Standing } from '../standing.tsx';
import { TailLink } from '../tail-link.tsx';
import { counts, endWords, measures } from '../words.ts';

export function Hits({ probe: id, onInserted }: { readonly probe: string; readonly onInserted: (id: string) => void }) {
  const { data: probe } = useProbe(id);
  const now = useNow(probe !== undefined && isProbeIn(probe));
  if (probe === undefined) return null;
  const { what, places, why, end } = probe;
  const rate = places.reduce((sum, { trueRate }) => sum + (trueRate ?? 0), 0);
  const state = stateShown(probe.state, samplingOf(probe, now));
  return (
    <Pane className="probe-live" label={`Hits of ${probe.name}`}>
      <div className="ph"><h2 className="mono ell">{probe.name}</h2><Chip tone={state.tone}>{state.words}</Chip><span className="meta ell"><HitWords probe={probe} />{rate > 0 && isProbeIn(probe) && <>, {formatRate(rate)}/s</>}</span><span className="row end gap1"><TailLink probe={probe} short /><RemoveButton probe={probe} /><InsertAgain probe={probe} onInserted={onInserted} /></span></div>
      <div className="scroll grow" tabIndex={0} role="group" aria-label={`What ${probe.name} saw`}>
        {(why !== null || end !== null) && <p className={probe.state === 'failed' || probe.state === 'refused' ? 'probe-why bad' : 'probe-why'} role="status"><span><b className="md"><Said>{why?.message ?? `It ended: ${endWords[end ?? 'removed']}.`}</Said></b> <Said>{why?.help ?? ''}</Said></span></p>}
        <SamplingNote probe={probe} />
        {measures(what) && <Measured places={places} />}
        {!isDynamic(what.kind) ? <Standing probe={probe} link /> : !counts(what) && <LastValues key={probe.id} places={places} />}
      </div>
    </Pane>
  );
}
