// Locations with inlined lines, as pprof and OTLP profiles have them, into stacks.
export { LocationStacks, locationFrames, noLocations, type LocationColumns, type LocationTables } from './location-stacks.ts';
