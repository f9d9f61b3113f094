export { howToGet, knownTools, missingTool } from './packages.ts';
export { present, Rights } from './rights.ts';
export { lastWords, Tools, type StartedTools, type ToolEnd } from './tools.ts';
