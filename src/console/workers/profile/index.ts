// Public face of the profile worker.
export { createProfileClient } from './client.ts';
export type { FromProfileWorker, ProfileEnd, ToProfileWorker } from './protocol.ts';
export { serveProfile } from './serve.ts';
export { textReader, type TextTable } from './texts.ts';
export { ProfileFailure, profileFileFormats, type BaseProfile, type DiffPicture, type OpenedProfile, type ProfileCalls, type ProfileClient, type ProfileFileFormat, type ProfileLook, type ProfileNamesTable, type ProfileProgress, type ProfileSource, type ProfileWeight, type ProfileWork, type SandwichPicture, type TopTable, type TreePicture } from './types.ts';
