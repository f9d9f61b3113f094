// Which lines of the function it was at, where the format tells; each leads to the records that its line wrote.
import { Link } from '@tanstack/react-router';
import { formatCount, formatPercent, Icon } from '../../../ui/index.ts';
import { pathOf } from '../../../flame/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import type { Scene } from '../model/use-scene.ts';
import { useAsked } from '../open/use-asked.ts';
import { lookedTime } from './looked-time.ts';
import { mayWriteRecords } from './may-write-records.ts';
import { recordsOfLine } from './tail-questions.ts';

const most = 12;

export function Lines({ scene, artifact, row }: { readonly scene: Scene; readonly artifact: Artifact | null; readonly row: number }) {
  const known = row < scene.profile.functions.count;
  const { value, stale } = useAsked(scene.client, 'lines', known ? [scene.selection, row] : null);
  if (value === null || stale || value.rows.length === 0) return null;
  const file = pathOf(scene.names.file(row));
  const heaviest = value.rows.toSorted((a, b) => b.share - a.share).slice(0, most).toSorted((a, b) => a.line - b.line);
  const top = Math.max(...heaviest.map(({ share }) => share));
  return (
    <section aria-label="Lines" className="bb">
      <div className="ph" style={{ border: 0 }}><h2>Lines</h2><span className="meta ell">{value.of === 'self' ? 'where the function itself was' : 'with what they called'}</span></div>
      <ul className="prof-lines">{heaviest.map(({ line, share, samples }) => (
        <li key={line} className={share === top ? 'on' : undefined} title={`${formatCount(samples)} samples`}>
          <span className="num t3 mono">{line}</span><span className="prof-bar-track"><i style={{ width: `${top > 0 ? share / top * 100 : 0}%`, background: 'var(--accent-line)' }} /></span><span className="num">{formatPercent(share, 0)}</span>
          {!mayWriteRecords(scene.names, row) ? <span /> : <Link to="/tail" search={{ q: recordsOfLine(file, line, lookedTime(scene, artifact)) }} className="btn s ghost icon" aria-label={`Records from line ${line}`} title={`Records from line ${line}`}><Icon name="tail" size="s" /></Link>}
        </li>
      ))}</ul>
      {value.rows.length > most && <p className="meta t3 prof-rest">{formatCount(value.rows.length - most)} lines with less are not listed.</p>}
    </section>
  );
}
