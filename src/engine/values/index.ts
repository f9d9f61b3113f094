export * from './compare.ts';
export * from './linear-search.ts';
export * from './numbers.ts';
export * from './text.ts';
export * from './time.ts';
export * from './weight.ts';
export * from './words.ts';
