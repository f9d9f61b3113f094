// The chosen function: how much it is, how sure that is, where it stands, what can be done about it, and what else happened then.
import type { Artifact } from '../../../../model/index.ts';
import { formatCount, Pane } from '../../../ui/index.ts';
import { swatchOf } from '../graph/use-paint.ts';
import type { PaneProps } from '../pane-props.ts';
import { Around } from './around.tsx';
import { Doing } from './doing.tsx';
import { FunctionFigures } from './function-figures.tsx';
import { Lines } from './lines.tsx';
import { PlaceLinks } from './place-links.tsx';
import { ProfileNotes } from './profile-notes.tsx';
import { shareText } from '../model/weight-words.ts';
import { sceneTree } from '../model/chosen.ts';

export interface SidePaneProps extends PaneProps { readonly artifact: Artifact | null; readonly artifacts: readonly Artifact[]; /** What it is compared with. */ readonly base: Artifact | null }

export function SidePane(props: SidePaneProps) {
  const { scene, search, chosen } = props;
  const swatch = swatchOf({ scene, search });
  const tree = sceneTree(scene);
  return (
    <Pane className="grow prof-side" label={chosen === null ? 'Profile' : `Function ${scene.names.name(chosen.row)}`}>
      {chosen !== null && <div className="ph"><i className="prof-swatch" style={{ background: swatch(chosen.row) }} /><h2 className="mono ell" title={scene.names.name(chosen.row)}>{scene.names.name(chosen.row)}</h2><span className="end meta t3 nw">{chosen.byItself ? 'most self time' : chosen.node === null ? 'not in this choice' : `depth ${formatCount(tree.depth[chosen.node] ?? 0)}`}</span></div>}
      <div className="scroll grow">
        {chosen !== null && <>
          <div className="prof-block bb"><PlaceLinks scene={scene} artifact={props.artifact} row={chosen.row} /><FunctionFigures {...props} chosen={chosen} />{chosen.node !== null && !chosen.byItself && scene.diff === null && <p className="meta t2">This call path: {shareText(scene.total > 0 ? (tree.total[chosen.node] ?? 0) / scene.total : 0)} of the whole</p>}</div>
          <Lines scene={scene} artifact={props.artifact} row={chosen.row} />
        </>}
        <ProfileNotes profile={scene.profile} />
        <Around {...props} />
      </div>
      {chosen !== null && <Doing {...props} chosen={chosen} />}
    </Pane>
  );
}
