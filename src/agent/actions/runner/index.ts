export { ActionRunner } from './runner.ts';
