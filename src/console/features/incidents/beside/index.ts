// Artifacts of an incident beside each other, in step with its timeline.
export { Beside, type BesideProps } from './beside.tsx';
export { useBeside, type BesideState } from './use-beside.ts';
export { canOpen, type Side } from './pair.ts';
export { usePointed } from './pointed.ts';
