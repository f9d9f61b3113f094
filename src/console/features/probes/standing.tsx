// Where a log source stands, in words, and the way to what it read; its last records where the agent tells them.
import type { FleetProbe } from '../../../model/index.ts';
import { LastValues } from './last-values.tsx';
import { Said } from './said.tsx';
import { TailLink } from './tail-link.tsx';

/** `link`: where no other link to its records is near. */
export function Standing({ probe, link = false }: { readonly probe: FleetProbe; readonly link?: boolean }) {
  const { places, why: told, hits } = probe;
  return (
    <>
      <section aria-label="Where it stands">
        <div className="ph"><h2>Where it stands</h2></div>
        {places.map(({ means, resolved, why }) => <p key={means} className="pad">{means}{resolved !== null && <span className="mono t2"> {resolved}</span>}{why !== null && why.message !== told?.message && <b className="md amb"> <Said>{why.message}</Said></b>}</p>)}
        {link && <div className="pad row gap1"><TailLink probe={probe} /><span className="t2">{hits === 0 ? 'Nothing has arrived yet; what arrives shows there.' : 'What it read so far and what arrives show there.'}</span></div>}
      </section>
      {places.some(({ latest }) => latest.length > 0) && <LastValues key={probe.id} places={places} />}
    </>
  );
}
