// From a probe to what it makes, in the tail.
import { Link } from '@tanstack/react-router';
import type { FleetProbe } from '../../../model/index.ts';
import { Icon } from '../../ui/index.ts';
import { measures, tailQuestion } from './words.ts';

export function TailLink({ probe, short = false }: { readonly probe: FleetProbe; readonly short?: boolean }) {
  const words = short ? 'Tail' : measures(probe.what) ? 'Its points in the tail' : 'Its records in the tail';
  return <Link className={short ? 'btn s ghost' : 'btn s'} to="/tail" search={tailQuestion(probe)}><Icon name="tail" size="s" />{words}</Link>;
}
