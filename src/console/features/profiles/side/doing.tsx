// What can be done with the chosen function: look at it alone, leave its package out, put it in the middle, copy it.
import { copyText, Button, IconButton, Menu } from '../../../ui/index.ts';
import { sceneTree, type Chosen } from '../model/chosen.ts';
import { pathOfNode } from '../model/tree-paths.ts';
import type { PaneProps } from '../pane-props.ts';

export function Doing({ scene, set, moves, chosen }: PaneProps & { readonly chosen: Chosen }) {
  const { names, selection } = scene;
  const focused = selection.focusFunction === chosen.row;
  const packageName = names.package(chosen.row);
  const stack = () => { const path = chosen.node === null ? [chosen.row] : pathOfNode(sceneTree(scene), chosen.node); return path.map(row => [names.name(row), names.place(row)].filter(Boolean).join(' ')).join('\n'); };
  const find = names.name(chosen.row).replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return (
    <div className="row bt prof-doing">
      <Button size="s" icon="zoom" on={focused} title="Only stacks through it, from it on (F)" onClick={() => moves.focus(focused ? null : chosen.row)}>Focus</Button>
      <Button size="s" title={`Leave out every function of ${packageName} (H)`} disabledReason={packageName === '' ? 'Its package is not known.' : null} onClick={() => moves.hide(names.packageRow(chosen.row))}>Hide package</Button>
      <span className="end"><Menu align="end" label="More" entries={[
        { label: 'Callers and callees', icon: 'route', onSelect: () => set({ view: 'sandwich', zoom: undefined }) },
        { label: 'Find all of it', icon: 'search', onSelect: () => set({ find: `^${find}$` }) },
        { kind: 'separator' },
        { label: 'Copy the name', icon: 'copy', onSelect: () => void copyText(names.name(chosen.row), 'Name') },
        { label: 'Copy the stack', icon: 'list', onSelect: () => void copyText(stack(), 'Stack') },
      ]}><IconButton icon="more" label="More" size="s" tooltip={false} /></Menu></span>
    </div>
  );
}
