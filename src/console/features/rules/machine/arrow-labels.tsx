// The labels on the arrows: the buttons by which an arrow is chosen. They come after the states in the tab order.
import { ViewportPortal } from '@xyflow/react';
import type { StateArrow } from './graph-model.ts';
import type { Route } from './routes.ts';

export interface ArrowLabelsProps {
  readonly arrows: readonly StateArrow[];
  readonly routes: ReadonlyMap<string, Route>;
  readonly isChosen: (arrow: StateArrow) => boolean;
  /** A replay is at it. */
  readonly isAt: (arrow: StateArrow) => boolean;
  readonly problemOf: (arrow: StateArrow) => string | null;
  /** `byKey`: the form should have the focus next. */
  readonly onPick: (arrow: StateArrow, byKey: boolean) => void;
}

export function ArrowLabels({ arrows, routes, ...rest }: ArrowLabelsProps) {
  return <ViewportPortal>{arrows.map((arrow) => { const route = routes.get(arrow.id); return route === undefined ? null : <Label key={arrow.id} arrow={arrow} route={route} {...rest} />; })}</ViewportPortal>;
}

function Label({ arrow, route: { label }, isChosen, isAt, problemOf, onPick }: Omit<ArrowLabelsProps, 'arrows' | 'routes'> & { readonly arrow: StateArrow; readonly route: Route }) {
  const [chosen, problem] = [isChosen(arrow), problemOf(arrow)];
  const classes = ['net-label', 'nodrag', 'nopan', arrow.kind, chosen ? 'on' : '', isAt(arrow) ? 'at' : '', problem === null ? '' : 'wrong'].filter(Boolean).join(' ');
  return (
    <button type="button" className={classes} data-arrow={arrow.id} aria-label={arrowWords(arrow, problem)} aria-pressed={chosen} title={problem ?? arrow.says}
      style={{ transform: `translate(${Math.round(label.x)}px, ${Math.round(label.y)}px)`, width: label.width, height: label.height }} onClick={(event) => onPick(arrow, event.detail === 0)}>
      {arrow.event !== '' && <><b>{arrow.event}</b>{' '}</>}{arrow.detail !== '' && <><b>{arrow.detail}</b>{' '}</>}<span>{arrow.label}</span>
    </button>
  );
}

export function arrowWords({ kind, from, to, event, label, detail }: StateArrow, problem: string | null): string {
  return `${kind === 'timer' ? 'Timer' : 'Transition'} from ${from} to ${to}: ${[event, detail, label].filter(part => part !== '').join(' ')}${problem === null ? '' : `. ${problem}`}`;
}
