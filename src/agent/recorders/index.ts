export { DiskStore, removeDiskStore, type DiskStoreOptions } from './disk-store.ts';
export { collectRecorder, type CollectFrames, type CollectRequest } from './collect.ts';
