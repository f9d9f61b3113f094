export { DiskStore, type DiskStoreOptions } from './disk-store.ts';
export { recorderPort } from './collect.ts';
