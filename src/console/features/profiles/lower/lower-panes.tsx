// Below the graph: who calls the chosen function and what it calls, beside the functions with the most weight.
import type { PaneProps } from '../pane-props.ts';
import { SandwichPane } from './sandwich-pane.tsx';
import { TopPane } from './top-pane.tsx';

export const LowerPanes = (props: PaneProps) => <div className="prof-low"><SandwichPane {...props} /><TopPane {...props} /></div>;
