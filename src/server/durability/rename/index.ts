export { Renames } from './rename-service.ts';
