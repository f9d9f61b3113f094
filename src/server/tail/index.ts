export { acceptAgentData, acceptBrowser } from './sockets.ts';
export { TailHub } from './tail-hub.ts';
