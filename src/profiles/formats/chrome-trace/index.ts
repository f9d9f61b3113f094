export { readChromeTrace } from './read-chrome-trace.ts';
