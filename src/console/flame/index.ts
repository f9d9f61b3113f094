// The flame graph: the component, its contract, and pictures of it to keep.
export { FlameGraph } from './flame-graph.tsx';
export { toPng } from './export/png.ts';
export { toSvg } from './export/svg.ts';
export { flameKeys } from './view/keys.ts';
export type { FlameDescription, FlameGraphProps, FlameLabels, FlamePicture, FlameWindow } from './types.ts';
