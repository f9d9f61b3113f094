export { examplesOf, fewDistinct, keptValue, longestValue, maxExamples, shapeOfText } from './examples.ts';
export { isPersonalName, wordsOf } from './personal-names.ts';
export { shapeOf } from './shape.ts';
