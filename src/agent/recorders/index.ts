export { DiskStore, type DiskStoreOptions } from './disk-store.ts';
export { recorderPort } from './collect.ts';
export { RecorderFolders } from './recorder-folders.ts';
export { StoppedRecorders } from './stopped-recorders.ts';
