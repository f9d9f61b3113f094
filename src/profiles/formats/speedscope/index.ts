export { readSpeedscope } from './read-speedscope.ts';
