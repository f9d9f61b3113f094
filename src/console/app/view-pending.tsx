// While a view's code arrives: nothing for 150 ms, then a skeleton.
import { Pane, SkeletonRows } from '../ui/index.ts';

export function ViewPending() { return <Pane className="grow"><SkeletonRows rows={8} label="Loading the view" /></Pane>; }
