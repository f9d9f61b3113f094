// Public face of the profile worker.
export { createProfileClient } from './client.ts';
export { serveProfile } from './serve.ts';
export { textReader, type TextTable } from './texts.ts';
export { profileFileFormats, type Aside, type BaseProfile, type DiffPicture, type MergedPicture, type OpenedProfile, type ProfileCalls, type ProfileClient, type ProfileFileFormat, type ProfileLook, type ProfileNamesTable, type ProfileProgress, type ProfileSource, type ProfileWeight, type SandwichPicture, type TopTable, type TreePicture } from './types.ts';
