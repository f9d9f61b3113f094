export { readElf, type ElfFile, type Machine } from './elf-file.ts';
export { demangled, mayHold, mostDemangled, nearestOf, NearestNames } from './names.ts';
export { functionsOf, type FunctionSymbol } from './symbols.ts';
export { fetchOf, registerOnX86, usdtPlaces, type UsdtPlace } from './usdt-notes.ts';
