// Keys of the view, wherever the focus is but in a text: find, views by number, focus, hide, fold, probe.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, type RefObject } from 'react';
import type { Artifact } from '../../../model/index.ts';
import { probeLink, profileViews } from '../../state/index.ts';
import type { Chosen } from './model/chosen.ts';
import { pathOf } from '../../flame/index.ts';
import type { Moves } from './model/use-moves.ts';
import { processOf } from './side/looked-time.ts';
import type { Scene } from './model/use-scene.ts';

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null);

export function useProfileKeys(find: RefObject<HTMLInputElement | null>, scene: Scene | null, chosen: Chosen | null, moves: Moves, artifact: Artifact | null): void {
  const navigate = useNavigate();
  const act = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || scene === null) return;
    const row = chosen?.row ?? -1;
    const view = event.shiftKey ? undefined : profileViews.filter(each => each !== 'time' || scene.profile.hasTimes)[Number(event.key) - 1];
    const probe = row < 0 ? null : probeLink(pathOf(scene.names.file(row)), scene.names.line(row), processOf(artifact));
    const does = view !== undefined ? () => moves.view(view)
      : event.key === '/' ? () => find.current?.focus()
      : event.key === 'f' && row >= 0 ? () => moves.focus(scene.selection.focusFunction === row ? null : row)
      : event.key === 'h' && row >= 0 ? () => moves.hide(scene.names.packageRow(row))
      : event.key === 'r' ? moves.fold
      : event.key === 'p' && probe !== null ? () => void navigate({ href: probe }) : null;
    if (does !== null) { event.preventDefault(); does(); }
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => act(event);
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
