// The flame graph: the component, its contract, pictures of it to keep, and what functions of a profile are called and coloured.
export { FlameGraph } from './flame-graph.tsx';
export { toPng } from './export/png.ts';
export { toSvg } from './export/svg.ts';
export { boxColours, colourByKind, colourByPackage, packageWeights, type BoxColours, type FunctionColours, type Legend } from './paint/colours.ts';
export { codeKinds, kindsOf, type CodeKind } from './paint/kinds.ts';
export { pathOf, placeText, profileNames, type ProfileNames } from './paint/names.ts';
export { samplesText } from './paint/sample-words.ts';
export { flameKeys } from './view/keys.ts';
export type { FlameDescription, FlameGraphProps, FlameLabels, FlamePicture, FlameWindow } from './types.ts';
