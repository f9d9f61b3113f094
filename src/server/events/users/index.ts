export { EventUsers } from './event-users.ts';
