// The chosen function between its callers and what it calls, each with how much of the whole runs that way.
import { Pane, SkeletonRows } from '../../../ui/index.ts';
import { swatchOf } from '../graph/use-paint.ts';
import { shareOf, shareText } from '../model/weight-words.ts';
import { useAsked } from '../open/use-asked.ts';
import type { PaneProps } from '../pane-props.ts';
import { sandwichRows, type SandwichRow } from './sandwich-rows.ts';

export function SandwichPane({ scene, search, chosen, moves }: PaneProps) {
  const { names, client, selection, profile, total } = scene;
  const row = chosen !== null && chosen.row < profile.functions.count ? chosen.row : null;
  const { value, stale } = useAsked(client, 'sandwich', row === null ? null : [selection, row]);
  const swatch = swatchOf({ scene, search });
  const rows = value === null || row === null || stale ? null : sandwichRows(value, row);
  return (
    <Pane className="br" label="Sandwich">
      <div className="ph"><h2>Sandwich</h2>{row !== null && <span className="mono t2 ell">{names.name(row)}</span>}<span className="end meta t3 nw">callers above, callees below</span></div>
      <div className="scroll grow prof-sandwich">
        {row === null && <p className="pad t2">{chosen === null ? 'Choose a function in the graph or the table.' : `${names.name(chosen.row)} is only in the other profile.`}</p>}
        {row !== null && rows === null && <SkeletonRows rows={5} label="Looking for callers" />}
        {rows !== null && <ul>{rows.map(each => <Line key={`${each.place} ${each.row}`} line={each} name={names.name(each.row)} share={shareOf(each.weight, total)} self={shareOf(each.self, total)} most={shareOf(rows.reduce((best, { weight }) => Math.max(best, weight), 0), total)} colour={swatch(each.row)} onPick={() => moves.chooseFunction(each.row)} />)}</ul>}
      </div>
    </Pane>
  );
}

const notes: Readonly<Record<SandwichRow['place'], string>> = { caller: 'caller', chosen: '', recursion: '', callee: 'callee' };

function Line({ line, name, share, self, most, colour, onPick }: { readonly line: SandwichRow; readonly name: string; readonly share: number; readonly self: number; readonly most: number; readonly colour: string; readonly onPick: () => void }) {
  const chosen = line.place === 'chosen';
  const body = <><span className={chosen ? 'num b' : 'num t2'}>{shareText(share)}</span><span className="prof-bar-track"><i style={{ width: `${most > 0 ? share / most * 100 : 0}%`, background: chosen ? 'var(--accent-solid)' : colour }} /></span><span className={chosen ? 'mono ell b' : 'mono ell'}>{name}</span><span className="t3 meta nw">{chosen ? `self ${shareText(self)}` : line.place === 'recursion' ? `recursion, ${line.deep} deep` : notes[line.place]}</span></>;
  return <li className={chosen ? 'on' : undefined}>{chosen || line.row < 0 ? <div className="prof-line" aria-current={chosen || undefined}>{body}</div> : <button type="button" className="prof-line" onClick={onPick}>{body}</button>}</li>;
}
