// Where a function stands, and the ways from there: the place copied, records of that code in the tail, a probe where there are probes.
import { Link } from '@tanstack/react-router';
import { probeLink } from '../../../state/index.ts';
import { copyText, Icon, IconButton, Kbd, shortenPath } from '../../../ui/index.ts';
import { pathOf } from '../../../flame/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import type { Scene } from '../model/use-scene.ts';
import { lookedTime, processOf } from './looked-time.ts';
import { mayWriteRecords } from './may-write-records.ts';
import { recordsOfFile } from './tail-questions.ts';

export function PlaceLinks({ scene, artifact, row }: { readonly scene: Scene; readonly artifact: Artifact | null; readonly row: number }) {
  const { names } = scene;
  const [file, line] = [pathOf(names.file(row)), names.line(row)];
  if (file === '') return <p className="t3 meta">{names.package(row) === '' ? 'Its file is not known.' : `In ${names.package(row)}; its file is not known.`}</p>;
  const place = line > 0 ? `${file}:${line}` : file;
  const probe = probeLink(file, line, processOf(artifact));
  return (
    <>
      <div className="row gap1"><span className="mono acc ell grow" title={place}>{shortenPath(place, 42)}</span><IconButton icon="copy" label="Copy the place" size="s" variant="ghost" onClick={() => void copyText(place, 'Place')} /></div>
      <div className="row gap1 wrapline prof-ways">
        {probe !== null && <a className="btn primary" href={probe}><Icon name="probe" />Add a probe here<Kbd>P</Kbd></a>}
        {mayWriteRecords(names, row) && <Link className="btn s" to="/tail" search={{ q: recordsOfFile(file, lookedTime(scene, artifact)) }}><Icon name="tail" size="s" />Records from this file</Link>}
      </div>
    </>
  );
}
