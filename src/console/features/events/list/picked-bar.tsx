// What may be done with the picked events.
import type { ThemeView } from '../../../../model/index.ts';
import { Button, Menu, plural } from '../../../ui/index.ts';

export interface PickedBarProps { readonly count: number; readonly themes: readonly ThemeView[]; readonly onNew: () => void; readonly onAddTo: (theme: ThemeView) => void; readonly onClear: () => void }

export function PickedBar({ count, themes, onNew, onAddTo, onClear }: PickedBarProps) {
  return (
    <div className="ev-picked row" role="status">
      <b className="md nw">{plural(count, 'event')} picked</b>
      <span className="row end"><Button size="s" variant="ghost" onClick={onClear}>Clear</Button>
        {themes.length > 0 && <Menu entries={themes.map(theme => ({ label: theme.name, onSelect: () => onAddTo(theme) }))} label="Add to a theme"><Button size="s" iconAfter="chev">Add to a theme</Button></Menu>}
        <Button size="s" variant="primary" icon="plus" onClick={onNew}>New theme</Button></span>
    </div>
  );
}
