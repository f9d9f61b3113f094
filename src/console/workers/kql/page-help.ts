// What the page itself knows about a text being written: it comes with the first box that somebody writes in, not with the first page.
export { nameItems } from './name-items.ts';
export { recorderItems } from './recorder-items.ts';
export { unknownNames } from './unknown-names.ts';
