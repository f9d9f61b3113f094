// Compare with another snapshot: those of the same process stand first, since only there an object can be known again; the others say
// what they are good for.
import type { Artifact } from '../../../../model/index.ts';
import { useLocalFiles } from '../../../state/index.ts';
import { formatBytes, Icon, IconButton, Menu, type MenuEntry, type TimeZoneMode } from '../../../ui/index.ts';
import { localKey } from '../open/base-source.ts';
import { candidatesFor, detailOf, shortDetailOf, subjectOf } from '../words/snapshots.ts';

export interface CompareMenuProps { readonly shown: Artifact | null; readonly file: File | null; readonly artifacts: readonly Artifact[]; readonly zone: TimeZoneMode; readonly compare: string | undefined; /** While it is read. */ readonly state: string | null; readonly onChange: (compare: string | undefined) => void }

export function CompareMenu({ shown, file, artifacts, zone, compare, state, onChange }: CompareMenuProps) {
  const { same, others } = candidatesFor(shown, artifacts);
  const locals = useLocalFiles(state => state.heap).filter(each => each !== file);
  const group = (label: string, of: readonly Artifact[]): readonly MenuEntry[] => (of.length === 0 ? [] : [{ kind: 'heading', label }, ...of.map((each): MenuEntry => ({ label: <span className="mono">{subjectOf(each)}</span>, detail: detailOf(each, zone), checked: each.id === compare, onSelect: () => onChange(each.id) }))]);
  const ofThisMachine: readonly MenuEntry[] = locals.length === 0 ? [] : [{ kind: 'heading', label: 'Of this machine' }, ...locals.map((each): MenuEntry => ({ label: <span className="mono">{each.name}</span>, detail: formatBytes(each.size), checked: localKey(each) === compare, onSelect: () => onChange(localKey(each)) }))];
  const entries = [...group('Of the same process', same), ...ofThisMachine, ...group(shown?.process == null ? 'Other snapshots' : 'Of other processes: only counts of classes compare', others)];
  const none: MenuEntry = { kind: 'heading', label: 'There is no other snapshot. Take one more of this process in a while.' };
  const chosen = artifacts.find(({ id }) => id === compare);
  const words = chosen === undefined ? locals.find(each => localKey(each) === compare)?.name ?? null : `${subjectOf(chosen)}, ${detailOf(chosen, zone)}`;
  return (
    <span className="row gap1 heap-compare">
      <span className="t3 nw hide-n" aria-hidden="true">compare with</span>
      <Menu entries={entries.length > 0 ? entries : [none]} label="Compare with">
        <button type="button" className="sel s heap-chooser"><span className="vh">{words === null ? 'Compare with ' : 'Compared with '}</span>
          {words === null ? <span className="t2">another…</span> : <><span className="mono ell">{chosen === undefined ? words : subjectOf(chosen)}</span>{chosen !== undefined && <span className="t3 ell">{same.includes(chosen) ? shortDetailOf(chosen, zone) : `${detailOf(chosen, zone)}${shown?.process == null || chosen.process === null ? '' : ', another process'}`}</span>}</>}
          {state !== null && <span className="amb nw">{state}</span>}<Icon name="chev" size="s" className="chev" />
        </button>
      </Menu>
      {compare !== undefined && <IconButton icon="x" label="End the comparison" size="s" variant="ghost" onClick={() => onChange(undefined)} />}
    </span>
  );
}
