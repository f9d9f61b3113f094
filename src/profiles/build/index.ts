// Building a profile out of what a file says.
export { FloatColumn, IntColumn } from './columns.ts';
export { PairIndex } from './pair-index.ts';
export { BuilderFull, ProfileBuilder, type ProfileFacts } from './profile-builder.ts';
