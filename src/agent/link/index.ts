export { DataLink } from './data-link.ts';
export { Identity } from './identity.ts';
export { OpampLink } from './opamp-link.ts';
export { RulesStore } from './rules-store.ts';
export { serverUrls, type ServerUrls } from './server-url.ts';
